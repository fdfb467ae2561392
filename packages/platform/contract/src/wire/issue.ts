import type { z } from 'zod';

/** One thing that is wrong with a value. */
export interface Issue {
  /** JSON Pointer (RFC 6901) to the place: `/lines/0/quantity`, or `''` for the whole value. */
  path: string;
  message: string;
}

/** So that a huge faulty value makes a small answer. */
const MAX_ISSUES = 20;
const MAX_SEGMENT = 64;
const MAX_MESSAGE = 200;

/** zod's issues as ours: bounded in number and length, and never repeating the value. */
export function issuesOf(issues: readonly z.core.$ZodIssue[]): Issue[] {
  return issues
    .flatMap((issue) => unfolded(issue))
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => ({ path: pointer(path), message: shortened(message, MAX_MESSAGE) }));
}

type Located = Pick<z.core.$ZodIssue, 'path' | 'message'>;

/** When one option of a union fits better than the others, because its faults lie inside, its faults are the ones to tell. */
function unfolded(issue: z.core.$ZodIssue, base: PropertyKey[] = []): Located[] {
  const path = [...base, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ path, message: issue.message }];
  const inside = issue.errors.filter((faults) => faults.length > 0 && faults.every((fault) => fault.path.length > 0));
  const [only] = inside;
  if (only !== undefined && inside.length === 1) return only.flatMap((fault) => unfolded(fault, path));
  return [{ path, message: issue.message }];
}

/** All issues in one line. */
export function issueList(issues: readonly Issue[]): string {
  return issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((segment) => `/${shortened(escaped(String(segment)), MAX_SEGMENT)}`).join('');
}

function escaped(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
