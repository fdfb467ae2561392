import {
  Cancellation,
  type FollowedWork,
  type Identity,
  type PrincipalSource,
  runInContext,
  workHook,
} from '@macrolith/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { RequestRefused } from '../problem/request-refused.js';
import { pathOf } from '../problem/send-problem.js';
import { idempotencyKey } from '../request/idempotency-key.js';
import { preferredLocale } from '../request/locale.js';
import {
  openScope,
  placeOf,
  type RequestScope,
  scopeOf,
  stateHeaderOf,
  traceHeaderOf,
} from '../request/request-scope.js';
import { callersPlace, callersState } from '../request/traceparent.js';
import { type HttpLimits, MAX_URL_LENGTH } from './http-options.js';
import type { Traffic } from './traffic.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

interface Rim {
  readonly limits: HttpLimits;
  readonly traffic: Traffic;
  readonly log: Logger;
  readonly principals: PrincipalSource | undefined;
}

/** Opens the call context of every request, and closes its account: traffic and one log line. */
export function addRequestHooks(fastify: FastifyInstance, { limits, traffic, log, principals }: Rim): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const followed = follow(request);
    const traceparent = followed?.context.traceparent ?? placeOf(request.raw, request.id);
    const scope = openScope(request.raw, limits.requestTimeoutMs, traceparent);
    void reply.header('traceparent', scope.traceparent);
    const cancellation = isCancellable(request) ? new Cancellation() : undefined;
    traffic.begin();
    reply.raw.once('close', () => {
      cancellation?.cancel();
      traffic.end();
      followed?.end({ status: reply.statusCode, aborted: !reply.raw.writableFinished });
    });
    try {
      refuseExcess(request, traffic);
      const enter = (identity: Identity) =>
        runInContext({ ...followed?.context, ...contextOf(request, scope, identity), cancellation }, () => done());
      if (principals === undefined || isProbe(request)) return enter(NOBODY);
      principals.identify(request).then(enter).catch(done);
    } catch (error) {
      done(error as Error);
    }
  });

  fastify.addHook('onSend', (_request, reply, payload, done) => {
    // The connection of a request that began before the shutdown would otherwise stay open after its answer.
    if (traffic.draining) void reply.header('connection', 'close');
    done(null, payload);
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    logRequest(log, request, reply);
    done();
  });
}

const NOBODY: Identity = {};

/** Probes come every few seconds, and tell nothing of what the application does. */
function follow(request: FastifyRequest): FollowedWork | undefined {
  if (workHook.current === undefined || isProbe(request)) return undefined;
  return workHook.current({
    kind: 'request',
    method: request.method,
    route: request.routeOptions.url,
    traceparent: callersPlace(traceHeaderOf(request.raw)),
  });
}

function refuseExcess(request: FastifyRequest, traffic: Traffic): void {
  if ((request.raw.url?.length ?? 0) > MAX_URL_LENGTH) {
    const message = `The URL is longer than ${MAX_URL_LENGTH} characters. Send large inputs in a request body.`;
    throw new RequestRefused(414, 'macrolith.url-too-long', message);
  }
  if (traffic.overloaded && !isProbe(request)) {
    const message = 'This server is answering as many requests as it takes at a time. Try again shortly.';
    throw new RequestRefused(503, 'macrolith.overloaded', message, { headers: { 'retry-after': '1' } });
  }
}

function contextOf(
  request: FastifyRequest,
  { traceparent, deadlineAt }: RequestScope,
  { principal, tenant }: Identity,
): Parameters<typeof runInContext>[0] {
  const { headers, method } = request;
  const key = SAFE_METHODS.has(method) ? undefined : idempotencyKey(headers['idempotency-key']);
  const locale = preferredLocale(headers['accept-language']);
  const tracestate = callersState(stateHeaderOf(request.raw), callersPlace(traceHeaderOf(request.raw)));
  return {
    traceparent,
    deadlineAt,
    ...(tracestate !== undefined && { tracestate }),
    ...(key !== undefined && { idempotencyKey: key }),
    ...(locale !== undefined && { locale }),
    ...(principal !== undefined && { principal }),
    ...(tenant !== undefined && { tenant }),
  };
}

function logRequest(logger: Logger, request: FastifyRequest, reply: FastifyReply): void {
  const scope = scopeOf(request.raw);
  if (scope === undefined) return;
  const status = reply.statusCode;
  const level = status >= 500 ? 'error' : isProbe(request) ? 'debug' : 'info';
  logger[level](
    {
      method: request.method,
      // The path only: a query string may hold what does not belong into a log.
      path: pathOf(request.raw.url),
      route: request.routeOptions.url,
      status,
      durationMs: Math.round((performance.now() - scope.startedAt) * 1_000) / 1_000,
      traceId: scope.traceId,
      ...(scope.problemCode !== undefined && { problem: scope.problemCode }),
      ...(reply.raw.writableFinished ? {} : { aborted: true }),
    },
    'request',
  );
}

/** What changes something is done to its end. Probes share what they find out, so none of them may take it from the others. */
function isCancellable(request: FastifyRequest): boolean {
  return SAFE_METHODS.has(request.method) && !isProbe(request);
}

/** Asked by machines that look after this one, which must get their answer in an overload, too. */
function isProbe(request: FastifyRequest): boolean {
  const { url = '' } = request.raw;
  return url.startsWith('/health/') || url === '/metrics';
}
