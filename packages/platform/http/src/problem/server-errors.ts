import { HttpException } from '@nestjs/common';
import type { ProblemCause } from './problem-cause.js';

interface ServerError {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** Errors of Fastify's own, by its code. */
const FASTIFY: Readonly<Record<string, ServerError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'macrolith.body-too-large',
    detail: 'The request body is larger than this server accepts. Send less, or in several requests.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'macrolith.unsupported-media-type',
    detail: "The request body's Content-Type is not supported. Send JSON as application/json.",
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'macrolith.malformed-request',
    detail: 'The request body is not as long as its Content-Length says.',
  },
  FST_ERR_BAD_URL: {
    status: 400,
    code: 'macrolith.malformed-url',
    detail: 'The path of the request is not percent-encoded correctly.',
  },
  FST_ERR_MAX_PARAM_LENGTH: {
    status: 414,
    code: 'macrolith.url-too-long',
    detail: 'A part of the path is longer than any id that this server knows.',
  },
};

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'malformed-request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  408: 'request-timeout',
  409: 'conflict',
  410: 'gone',
  412: 'precondition-failed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  422: 'rejected',
  429: 'too-many-requests',
};

/** An error of Fastify or a Nest `HttpException` below 500, as a problem; `undefined` for any other. */
export function serverProblem(error: unknown): ProblemCause | undefined {
  const known = FASTIFY[codeOf(error) ?? ''] ?? FASTIFY[codeOf((error as Error | undefined)?.cause) ?? ''];
  if (known !== undefined) return known;
  if (error instanceof HttpException) return exceptionProblem(error.getStatus(), error.message);
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  if (!(error instanceof Error) || typeof status !== 'number' || codeOf(error)?.startsWith('FST_') !== true)
    return undefined;
  return exceptionProblem(status, error.message);
}

function exceptionProblem(status: number, detail: string): ProblemCause | undefined {
  if (status < 400 || status >= 500) return undefined;
  return { status, code: `macrolith.${BY_STATUS[status] ?? `http-${status}`}`, detail };
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
