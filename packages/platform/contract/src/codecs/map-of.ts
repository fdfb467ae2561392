import { z } from 'zod';
import { areDistinct } from './distinct.js';

/** Copied for each issue: zod writes the path into it. */
const TWICE = { code: 'custom', message: 'must not hold a key twice', input: undefined } as const;

/** A `Map` in code: an array of `[key, value]` pairs on the wire, in insertion order. A key that is there twice, by its wire form, is refused. */
export const mapOf = <Key extends z.ZodType, Value extends z.ZodType>(key: Key, value: Value) =>
  z.codec(
    z.array(z.tuple([key, value])),
    z.custom<Map<z.output<Key>, z.output<Value>>>((candidate) => candidate instanceof Map, 'must be a Map'),
    {
      decode: (read, { issues }) => {
        const pairs = read as [z.output<Key>, z.output<Value>][];
        if (
          areDistinct(
            key,
            pairs.map(([each]) => each),
          )
        )
          return new Map(pairs);
        issues.push({ ...TWICE });
        return z.NEVER;
      },
      encode: (map, { issues }) => {
        // zod also comes here before it has looked whether it is one.
        if (!(map instanceof Map)) return z.NEVER;
        if (areDistinct(key, [...map.keys()])) return [...map] as never;
        issues.push({ ...TWICE });
        return z.NEVER;
      },
    },
  );
