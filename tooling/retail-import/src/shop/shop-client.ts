import { setTimeout as pause } from 'node:timers/promises';
import { ImportProblem } from '../import-problem.js';

/** The shop's answer to a request that it refused (RFC 9457). */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

export type Answer<T> = { readonly ok: true; readonly body: T } | { readonly ok: false; readonly problem: Problem };

const ATTEMPTS = 6;
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * The shop's public HTTP API. Every request may be sent again: writes carry an idempotency key, so what was done before
 * an answer got lost is not done twice.
 */
export class ShopClient {
  constructor(private readonly base: string) {}

  get<T>(path: string): Promise<Answer<T>> {
    return this.send('GET', path);
  }

  post<T>(path: string, body: unknown, idempotencyKey: string): Promise<Answer<T>> {
    return this.send('POST', path, body, idempotencyKey);
  }

  put<T>(path: string, body: unknown): Promise<Answer<T>> {
    return this.send('PUT', path, body);
  }

  private async send<T>(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<Answer<T>> {
    let last = '';
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        const response = await fetch(`${this.base}${path}`, {
          method,
          headers: {
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        });
        if (response.ok) return { ok: true, body: (await readJson(response)) as T };
        const problem = await readProblem(response);
        if (response.status < 500 && response.status !== 429) return { ok: false, problem };
        last = `${response.status} ${problem.detail}`;
        if (response.status === 500) break;
      } catch (error) {
        last = causeOf(error);
      }
      if (attempt < ATTEMPTS) await pause(100 * 2 ** attempt);
    }
    throw new ImportProblem(
      `The shop at ${this.base} does not answer ${method} ${path} (${last}). Start it with 'npx pnpm@12 start' or give its address with --url; ` +
        'run the import again and it goes on where it stopped.',
    );
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

async function readProblem(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return {
    status: response.status,
    code: body.code ?? `http-${response.status}`,
    detail: body.detail ?? response.statusText,
  };
}

function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message: string };
  return cause?.code ?? cause?.message ?? message;
}
