import { z } from 'zod';

/** A point in time, to the millisecond: RFC 3339 in UTC on the wire (`2026-11-20T12:00:00.000Z`), a `Date` in code. */
export const instant = () =>
  z.codec(z.iso.datetime(), z.date(), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  });
