import { DomainError, type ErrorClass, type ErrorKind, encodeError, type Operation } from '@macrolith/contract';
import type { ProblemCause } from './problem-cause.js';

const STATUS: Readonly<Record<ErrorKind, number>> = {
  'not-found': 404,
  conflict: 409,
  invalid: 400,
  denied: 403,
  rejected: 422,
};

/** The HTTP status that a declared error's kind stands for. */
export function statusOf(kind: ErrorKind): number {
  return STATUS[kind];
}

/** An error that `operation` declares, as a problem; `undefined` for any other. */
export function declaredProblem(operation: Operation, error: unknown): ProblemCause | undefined {
  const wire = encodeError(operation, error);
  if (wire === undefined) return undefined;
  const { kind } = error as DomainError;
  return {
    status: statusOf(kind),
    code: wire.code,
    detail: wire.message,
    fields: wire.fields as Readonly<Record<string, unknown>>,
  };
}

/** A domain error that a hand-written controller let through: nothing says what may be promised there, so its class does. */
export function domainProblem(error: unknown): ProblemCause | undefined {
  if (!(error instanceof DomainError)) return undefined;
  return declaredProblem({ errors: [error.constructor as unknown as ErrorClass] } as unknown as Operation, error);
}
