import type { ErrorKind, Operation } from '@macrolith/contract';

/** The status that `@macrolith/http` gives to an error's kind; a test asks the running shell. */
const STATUS: Readonly<Record<ErrorKind, number>> = {
  'not-found': 404,
  conflict: 409,
  invalid: 400,
  denied: 403,
  rejected: 422,
};

export function statusOf(kind: ErrorKind): number {
  return STATUS[kind];
}

/** The status of a success. */
export function successOf({ kind, output }: Operation, method: string): number {
  if (kind === 'task') return 202;
  if (output === undefined) return 204;
  return kind === 'command' && method === 'POST' ? 201 : 200;
}
