import { DomainError, type Operation, UnexpectedError, type WireError } from '@macrolith/contract';
import { currentTraceId } from '../call-context.js';
import { PlatformError } from '../platform-error.js';
import type { Call } from './binding.js';

/**
 * Lets declared errors pass and turns every other into one `UnexpectedError`, as a remote binding must: callers then
 * cannot come to depend on an error that the contract does not promise. The original stays as `cause`.
 */
export function withDeclaredErrorsOnly(operation: Operation, run: Call): Call {
  return async (input) => {
    try {
      return await run(input);
    } catch (error) {
      throw isPromised(operation, error) ? error : unexpected(operation, error);
    }
  };
}

export function isPromised(operation: Operation, error: unknown): boolean {
  if (error instanceof PlatformError || error instanceof UnexpectedError) return true;
  return error instanceof DomainError && operation.errors.some((declared) => declared.code === error.code);
}

export function unexpected(operation: Operation, cause: unknown): UnexpectedError {
  return new UnexpectedError({ operation: operation.id, traceId: currentTraceId(), cause });
}

/** An error, answered or stored, that another version of the contract declares and this one's does not. `cause` tells the log which. */
export function ofAnotherVersion(operation: Operation, { code, message }: WireError): UnexpectedError {
  const cause = new Error(
    `${operation.id} answered with the error '${code}' (${message}), which the contract in this process does not declare. ` +
      'Whoever answered has another version of it: bring both to the same.',
  );
  return unexpected(operation, cause);
}
