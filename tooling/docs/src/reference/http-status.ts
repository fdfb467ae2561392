import type { ErrorKind } from '@macrolith/contract';

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
