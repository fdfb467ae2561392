import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { openScope } from '../request/request-scope.js';
import type { ServedPaths } from '../server/served-paths.js';
import type { ProblemCause } from './problem-cause.js';
import { problemOfError } from './problem-of-error.js';
import { pathOf, sendProblem } from './send-problem.js';

/** Turns every error of a request into a problem document (RFC 9457), and logs those that are ours. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly served: ServedPaths,
    private readonly logger: Logger,
    private readonly requestTimeoutMs: number,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const scope = openScope(request.raw, this.requestTimeoutMs);
    const cause = this.unrouted(request, error) ?? problemOfError(error, scope.traceId);
    if (cause.status >= 500)
      this.logger.error({ err: error, traceId: scope.traceId, code: cause.code }, 'request failed');
    if (reply.sent || reply.raw.headersSent) {
      // A stream broke after its head was sent: cutting it is the only honest end.
      reply.raw.destroy();
      return;
    }
    sendProblem(request, reply, scope, cause);
  }

  /** A request that no route took: the path is unknown, or served with other methods. */
  private unrouted(request: FastifyRequest, error: unknown): ProblemCause | undefined {
    const isUnrouted = request.is404 && (error as { getStatus?(): number }).getStatus?.() === 404;
    if (!isUnrouted) return undefined;
    const path = pathOf(request.raw.url);
    const methods = this.served.methodsAt(path);
    // A route of this very method that found nothing (a missing file) means: not here.
    if (methods.length === 0 || methods.includes(request.method)) {
      return { status: 404, code: 'macrolith.route-not-found', detail: `There is nothing at ${path}.` };
    }
    const allow = methods.join(', ');
    return {
      status: 405,
      code: 'macrolith.method-not-allowed',
      detail: `${path} does not take ${request.method}. It takes ${allow}.`,
      headers: { allow },
    };
  }
}
