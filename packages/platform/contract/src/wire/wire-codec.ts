import { z } from 'zod';
import { type Issue, issuesOf } from './issue.js';
import { issueMessage } from './issue-message.js';
import { type Copying, copyingCode, UNFIT } from './schema-code.js';
import { partsInside } from './schema-part.js';
import type { WireValue } from './wire-value.js';

const WORDING = { error: issueMessage };

type Complaint = (issues: readonly Issue[]) => Error;

/** Value → plain JSON data. Unknown keys are left out, and so are keys whose value is `undefined`. */
export function encoded<T>(schema: z.ZodType<T>, value: T, complaint: Complaint): WireValue {
  const fitting = codeOf(schema).encode(value);
  if (fitting !== UNFIT) return fitting as WireValue;
  const result = bounded(() => z.safeEncode(schema, value as never, WORDING), complaint);
  if (!result.success) throw complaint(issuesOf(result.error.issues));
  dropUndefined(result.data);
  return result.data as WireValue;
}

/** Plain JSON data → value. Unknown keys are left out. */
export function decoded<T>(schema: z.ZodType<T>, wire: unknown, complaint: Complaint): T {
  const fitting = codeOf(schema).decode(wire);
  if (fitting !== UNFIT) return fitting as T;
  const result = bounded(() => z.safeDecode(schema, wire as never, WORDING), complaint);
  if (!result.success) throw complaint(issuesOf(result.error.issues));
  return result.data;
}

interface Code {
  readonly encode: Copying;
  readonly decode: Copying;
}

const codes = new WeakMap<z.ZodType, Code>();

/** Made when a value crosses for the first time. */
function codeOf(schema: z.ZodType): Code {
  let code = codes.get(schema);
  if (code === undefined) {
    code = { encode: copyingCode(schema, partEncoding, true), decode: copyingCode(schema, partDecoding, false) };
    codes.set(schema, code);
  }
  return code;
}

function partEncoding(part: z.core.$ZodType): Copying {
  const mayLeaveOut = partsInside(part).some(({ def }) => def.type === 'optional');
  return unlessTooDeep((value) => {
    const result = z.safeEncode(part, value);
    if (!result.success) return UNFIT;
    if (mayLeaveOut) dropUndefined(result.data);
    return result.data;
  });
}

function partDecoding(part: z.core.$ZodType): Copying {
  return unlessTooDeep((wire) => {
    const result = z.safeDecode(part, wire as never);
    return result.success ? result.data : UNFIT;
  });
}

function unlessTooDeep(copying: Copying): Copying {
  return (value) => {
    try {
      return copying(value);
    } catch (error) {
      if (isStackOverflow(error)) return UNFIT;
      throw error;
    }
  };
}

/** A value that is nested deeper than the stack is a bad value, not a broken program. */
function bounded<T>(work: () => T, complaint: Complaint): T {
  try {
    return work();
  } catch (error) {
    if (isStackOverflow(error)) throw complaint([{ path: '', message: 'is nested too deeply' }]);
    throw error;
  }
}

/** As V8 says it. A codec may throw a `RangeError` of its own. */
function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}

/** zod keeps a key that holds `undefined`, JSON does not. Works in place: zod made this object just now. */
function dropUndefined(wire: unknown): void {
  if (typeof wire !== 'object' || wire === null) return;
  if (Array.isArray(wire)) {
    for (const item of wire) dropUndefined(item);
    return;
  }
  const members = wire as Record<string, unknown>;
  for (const key of Object.keys(members)) {
    if (members[key] === undefined) delete members[key];
    else dropUndefined(members[key]);
  }
}
