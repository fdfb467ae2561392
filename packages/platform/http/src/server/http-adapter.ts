import type { PrincipalSource, Shutdown } from '@macrolith/core';
import { newSpanId } from '@macrolith/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { problemOfError } from '../problem/problem-of-error.js';
import { sendProblem } from '../problem/send-problem.js';
import { parseJsonBody } from '../request/json-body.js';
import { keepRawBody } from '../request/raw-body.js';
import { openScope, placeOf } from '../request/request-scope.js';
import { answerClientError } from './client-errors.js';
import type { HttpLimits } from './http-options.js';
import { addRequestHooks } from './request-hooks.js';
import { ServedPaths } from './served-paths.js';
import { Traffic } from './traffic.js';

const JSON_TYPES = ['application/json', /^application\/[\w.!#$&^-]+\+json(?:$|;)/];
/** Longest path parameter: room for any id, and none for a novel. */
const MAX_PARAMETER_LENGTH = 1_024;
/** An idle socket outlives the slowest request by this much. */
const SOCKET_MARGIN_MS = 5_000;
/** How long connections may stay after the drain's time is over. */
const CLOSE_MS = 500;

/**
 * Fastify as this platform serves HTTP: its own body parser, request hooks and answers to what no route sees, and a
 * shutdown that goes in three steps, before Nest takes any provider down:
 * 1. readiness turns 503, and every answer closes its connection; requests are still served;
 * 2. once nothing is in flight, or `drainTimeoutMs` or the shutdown's time for answers is over, the server stops listening;
 * 3. connections that are left are cut.
 */
export class HttpAdapter extends FastifyAdapter {
  readonly traffic: Traffic;
  readonly served = new ServedPaths();
  /** The end of the process that it serves in, where that has one for all. */
  shutdown: Shutdown | undefined;
  private closed: Promise<void> | undefined;

  constructor(
    readonly limits: HttpLimits,
    readonly log: Logger,
    principals?: PrincipalSource,
  ) {
    const { bodyLimitBytes, requestTimeoutMs, trustProxy } = limits;
    super({
      bodyLimit: bodyLimitBytes,
      requestTimeout: requestTimeoutMs,
      connectionTimeout: requestTimeoutMs + SOCKET_MARGIN_MS,
      routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
      trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
      genReqId: newSpanId,
      return503OnClosing: false,
      logger: false,
      frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
        answerUnrouted(error, request, reply, requestTimeoutMs),
      clientErrorHandler: answerClientError,
    });
    this.traffic = new Traffic(limits.maxInFlight);
    const fastify = this.getInstance<FastifyInstance>();
    fastify.addHook('onRoute', ({ method, url }) => this.served.add(method, url));
    addRequestHooks(fastify, { limits, traffic: this.traffic, log, principals });
    fastify.removeAllContentTypeParsers();
    for (const type of JSON_TYPES) {
      fastify.addContentTypeParser(type, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
        parseJsonBody(keepRawBody(request, body), request.headers['content-encoding']),
      );
    }
  }

  override async beforeClose(): Promise<void> {
    super.beforeClose();
    const leftMs = this.shutdown?.leftMs('answers') ?? Number.POSITIVE_INFINITY;
    const left = await this.traffic.drain(Math.min(this.limits.drainTimeoutMs, leftMs));
    if (left > 0) this.log.warn({ requests: left }, 'requests were still running when the time to drain was over');
    await this.close();
  }

  override close(): Promise<void> {
    this.closed ??= this.closeWithin(CLOSE_MS);
    return this.closed;
  }

  private async closeWithin(timeoutMs: number): Promise<void> {
    const server = this.getHttpServer() as { closeAllConnections(): void };
    const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
    try {
      await super.close();
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A path that the router cannot read never meets a hook or a filter. */
function answerUnrouted(error: Error, request: FastifyRequest, reply: FastifyReply, timeoutMs: number): void {
  const scope = openScope(request.raw, timeoutMs, placeOf(request.raw, request.id));
  sendProblem(request, reply, scope, problemOfError(error, scope.traceId));
}
