import { InvalidInput } from '@macrolith/contract';
import { domainProblem } from './declared-error.js';
import { InvalidRequest } from './invalid-request.js';
import { OperationFailed } from './operation-failed.js';
import { platformProblem } from './platform-errors.js';
import type { ProblemCause } from './problem-cause.js';
import { RequestRefused } from './request-refused.js';
import { serverProblem } from './server-errors.js';
import { transientProblem } from './transient-failure.js';

/**
 * What the client is told about an error. Everything that is not meant for clients (faults of the code, of the database,
 * of a driver) becomes the one generic problem, and the log has the reason.
 */
export function problemOfError(error: unknown, traceId: string): ProblemCause {
  if (error instanceof OperationFailed) return error.problem;
  if (error instanceof InvalidInput) return refusedProblem(InvalidRequest.from(error));
  if (error instanceof RequestRefused) return refusedProblem(error);
  return (
    domainProblem(error) ??
    platformProblem(error) ??
    serverProblem(error) ??
    transientProblem(error) ?? {
      status: 500,
      code: 'macrolith.unexpected-error',
      detail: `The request failed for a reason that is ours, not yours. The log has it under trace ${traceId}.`,
    }
  );
}

function refusedProblem(error: RequestRefused): ProblemCause {
  const { status, code, message: detail, headers } = error;
  return { status, code, detail, headers, ...(error instanceof InvalidRequest && { issues: error.issues }) };
}
