import { z } from 'zod';

/** A `Map` in code: an array of `[key, value]` pairs on the wire, in insertion order. A key given twice is refused. */
export const mapOf = <Key extends z.ZodType, Value extends z.ZodType>(key: Key, value: Value) =>
  z.codec(
    z.array(z.tuple([key, value])),
    z.custom<Map<z.output<Key>, z.output<Value>>>((candidate) => candidate instanceof Map, 'must be a Map'),
    {
      decode: (pairs, context) => {
        const map = new Map(pairs as [z.output<Key>, z.output<Value>][]);
        if (map.size === pairs.length) return map;
        context.issues.push({ code: 'custom', message: 'must not hold a key twice', input: undefined });
        return z.NEVER;
      },
      // zod also comes here before it has looked whether it is one.
      encode: (map) => (map instanceof Map ? ([...map] as never) : z.NEVER),
    },
  );
