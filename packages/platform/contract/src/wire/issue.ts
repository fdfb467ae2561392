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
    .slice(0, MAX_ISSUES)
    .map((issue) => ({ path: pointer(issue.path), message: shortened(issue.message, MAX_MESSAGE) }));
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
