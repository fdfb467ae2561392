import { DomainError, InvalidValue, type Operation, UnexpectedError } from '@macrolith/contract';
import { declaredProblem } from './declared-error.js';
import type { ProblemCause } from './problem-cause.js';

/** A declared error on its way to the client. */
export class OperationFailed extends Error {
  constructor(
    readonly problem: ProblemCause,
    cause: unknown,
  ) {
    super(problem.detail, { cause });
    this.name = 'OperationFailed';
  }
}

/**
 * What to throw for an error of a port call. A declared error becomes its problem. A domain error of another operation
 * and an invalid value that a module passed on are faults of the module, not of the client.
 */
export function failureOf(operation: Operation, error: unknown): unknown {
  const declared = declaredProblem(operation, error);
  if (declared !== undefined) return new OperationFailed(declared, error);
  if (error instanceof DomainError || error instanceof InvalidValue) {
    return new UnexpectedError({ operation: operation.id, cause: error });
  }
  return error;
}
