import { z } from 'zod';
import { type Issue, issuesOf } from './issue.js';
import { issueMessage } from './issue-message.js';
import { partsInside } from './schema-part.js';
import type { WireValue } from './wire-value.js';

const WORDING = { error: issueMessage };

type Complaint = (issues: readonly Issue[]) => Error;

/** Value → plain JSON data. Unknown keys are left out, and so are keys whose value is `undefined`. */
export function encoded<T>(schema: z.ZodType<T>, value: T, complaint: Complaint): WireValue {
  const result = bounded(() => z.safeEncode(schema, value as never, WORDING), complaint);
  if (!result.success) throw complaint(issuesOf(result.error.issues));
  if (mayLeaveOut(schema)) dropUndefined(result.data);
  return result.data as WireValue;
}

/** Plain JSON data → value. Unknown keys are left out. */
export function decoded<T>(schema: z.ZodType<T>, wire: unknown, complaint: Complaint): T {
  const result = bounded(() => z.safeDecode(schema, wire as never, WORDING), complaint);
  if (!result.success) throw complaint(issuesOf(result.error.issues));
  return result.data;
}

/** A value that is nested deeper than the stack is a bad value, not a broken program. */
function bounded<T>(work: () => T, complaint: Complaint): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw complaint([{ path: '', message: 'is nested too deeply' }]);
    throw error;
  }
}

const leavingOut = new WeakMap<z.ZodType, boolean>();

/** Whether the schema has an optional property, so that an object may hold a key with `undefined`. Asked once. */
function mayLeaveOut(schema: z.ZodType): boolean {
  let answer = leavingOut.get(schema);
  if (answer === undefined) {
    answer = partsInside(schema).some(({ def }) => def.type === 'optional');
    leavingOut.set(schema, answer);
  }
  return answer;
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
