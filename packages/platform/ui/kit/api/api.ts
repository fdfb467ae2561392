import { ApiProblem } from './api-problem.js';
import { type QueryValue, withQuery } from './path.js';

export interface RequestOptions {
  /** Null, undefined and empty values are left out. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Aborting it rejects the call with the signal's reason, an `AbortError`. */
  readonly signal?: AbortSignal;
}

export interface CommandOptions extends RequestOptions {
  /** Sent as `Idempotency-Key`: the server carries out one of all requests with the same key. `true` makes a new one. */
  readonly idempotencyKey?: string | boolean | undefined;
}

/** A page of a list, as every `…/list` or search operation answers it. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Present when there is more. */
  readonly nextCursor?: string;
}

/** The shell's HTTP API. Every failure is an `ApiProblem`, except an abort. */
export const api = {
  get: <T>(path: string, options: RequestOptions = {}) => request<T>('GET', path, undefined, options),
  post: <T = void>(path: string, body?: unknown, options: CommandOptions = {}) =>
    request<T>('POST', path, body ?? {}, options),
  put: <T = void>(path: string, body?: unknown, options: CommandOptions = {}) =>
    request<T>('PUT', path, body ?? {}, options),
  delete: <T = void>(path: string, options: CommandOptions = {}) => request<T>('DELETE', path, undefined, options),
};

async function request<T>(method: string, path: string, body: unknown, options: CommandOptions): Promise<T> {
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  const { idempotencyKey: key, signal } = options;
  if (key) headers.set('idempotency-key', key === true ? newIdempotencyKey() : key);

  const response = await fetch(withQuery(path, options.query), {
    method,
    headers,
    signal: signal ?? null,
    body: body === undefined ? null : JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw signal?.aborted ? cause : ApiProblem.unreachable(cause);
  });
  const answer = await bodyOf(response);
  if (!response.ok) throw new ApiProblem(response.status, asRecord(answer));
  return answer as T;
}

/** `crypto.randomUUID` is missing on a page served by plain HTTP from another host; random bytes are not. */
export function newIdempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  if (!isJson) return undefined;
  return response.json().catch((cause: unknown) => {
    throw ApiProblem.unreachable(cause);
  });
}

function asRecord(answer: unknown): Record<string, unknown> {
  return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};
}
