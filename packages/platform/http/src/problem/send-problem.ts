import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestScope } from '../request/request-scope.js';
import { PROBLEM_MEDIA_TYPE, problem } from './problem.js';
import type { ProblemCause } from './problem-cause.js';

/** Answers a request with a problem document. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  scope: RequestScope,
  cause: ProblemCause,
): void {
  scope.problemCode = cause.code;
  const document = problem(cause, pathOf(request.raw.url), scope.traceId);
  void reply
    .status(cause.status)
    .headers({ 'cache-control': 'no-store', traceparent: scope.traceparent, ...cause.headers })
    .type(PROBLEM_MEDIA_TYPE)
    // As bytes: Fastify would add a charset, which this media type does not have.
    .send(Buffer.from(JSON.stringify(document)));
}

/** A request target without its query string, which may hold what does not belong into an answer or a log. */
export function pathOf(url: string | undefined): string {
  return url?.split('?', 1)[0] ?? '/';
}
