import { z } from 'zod';

/** A `Set` in code: an array on the wire, in insertion order. A member given twice is refused. */
export const setOf = <Member extends z.ZodType>(member: Member) =>
  z.codec(
    z.array(member).meta({ uniqueItems: true }),
    z.custom<Set<z.output<Member>>>((candidate) => candidate instanceof Set, 'must be a Set'),
    {
      decode: (members, context) => {
        const set = new Set(members);
        if (set.size === members.length) return set;
        context.issues.push({ code: 'custom', message: 'must not hold a member twice', input: undefined });
        return z.NEVER;
      },
      // zod also comes here before it has looked whether it is one.
      encode: (set) => (set instanceof Set ? ([...set] as never) : z.NEVER),
    },
  );
