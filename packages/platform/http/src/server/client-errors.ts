import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { newSpanId } from '@macrolith/core';
import { PROBLEM_MEDIA_TYPE, problem } from '../problem/problem.js';
import type { ProblemCause } from '../problem/problem-cause.js';
import { continueTrace, traceIdOf } from '../request/traceparent.js';

const MALFORMED: ProblemCause = {
  status: 400,
  code: 'macrolith.malformed-request',
  detail: 'The request is not valid HTTP.',
};

/** By the code that Node gives to the error. */
const KNOWN: Readonly<Record<string, ProblemCause>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'macrolith.headers-too-large',
    detail: 'The URL and the headers of the request are larger than this server accepts.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: 'macrolith.body-too-large',
    detail: 'The chunk extensions of the request are larger than this server accepts.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'macrolith.request-timeout',
    detail: 'The request did not arrive completely in time.',
  },
};

/** Answers what Node's HTTP parser refuses before there is a request, and closes the connection. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const cause = KNOWN[error.code ?? ''] ?? MALFORMED;
  const traceparent = continueTrace(undefined, newSpanId());
  const body = JSON.stringify(problem(cause, '', traceIdOf(traceparent)));
  socket.end(
    [
      `HTTP/1.1 ${cause.status} ${STATUS_CODES[cause.status]}`,
      `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      `traceparent: ${traceparent}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
