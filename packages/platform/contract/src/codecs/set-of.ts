import { z } from 'zod';
import { areDistinct } from './distinct.js';

/** Copied for each issue: zod writes the path into it. */
const TWICE = { code: 'custom', message: 'must not hold a member twice', input: undefined } as const;

/** A `Set` in code: an array on the wire, in insertion order. A member that is there twice, by its wire form, is refused. */
export const setOf = <Member extends z.ZodType>(member: Member) =>
  z.codec(
    z.array(member).meta({ uniqueItems: true }),
    z.custom<Set<z.output<Member>>>((candidate) => candidate instanceof Set, 'must be a Set'),
    {
      decode: (members, { issues }) => {
        if (areDistinct(member, members)) return new Set(members);
        issues.push({ ...TWICE });
        return z.NEVER;
      },
      encode: (set, { issues }) => {
        // zod also comes here before it has looked whether it is one.
        if (!(set instanceof Set)) return z.NEVER;
        const members = [...set];
        if (areDistinct(member, members)) return members as never;
        issues.push({ ...TWICE });
        return z.NEVER;
      },
    },
  );
