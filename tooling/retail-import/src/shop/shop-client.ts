import { setTimeout as pause } from 'node:timers/promises';
import { ImportProblem } from '../import-problem.js';
import { readAnswer, type ShopAnswer } from './shop-answer.js';

interface ShopRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

/** Long enough for a shop that is started again. */
const PATIENCE_MS = 15_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1600;
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * The shop's public HTTP API. A request whose answer got lost is sent again, which must not act twice: reads and prices
 * do not by nature, receipts, deposits and orders by their reference, cancellations by their idempotency key.
 */
export class ShopClient {
  private readonly closed = new AbortController();

  constructor(private readonly base: string) {}

  /** @throws ImportProblem at once when nobody serves there: a shop that was never started is not waited for */
  async greet(): Promise<void> {
    const answer = await this.attempt({ method: 'GET', path: '/health/ready' });
    if (answer.kind !== 'done')
      throw this.unreachable(answer.kind === 'refused' ? answer.error.message : answer.reason);
  }

  get(path: string): Promise<unknown> {
    return this.send({ method: 'GET', path });
  }

  post(path: string, body: unknown, idempotencyKey?: string): Promise<unknown> {
    return this.send({ method: 'POST', path, body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) });
  }

  put(path: string, body: unknown): Promise<unknown> {
    return this.send({ method: 'PUT', path, body });
  }

  /** Gives up what is under way. */
  close(): void {
    this.closed.abort();
  }

  /** @throws RefusedByShop, ImportProblem */
  private async send(request: ShopRequest): Promise<unknown> {
    const givesUpAt = Date.now() + PATIENCE_MS;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const answer = await this.attempt(request);
      if (answer.kind === 'done') return answer.body;
      if (answer.kind === 'refused') throw answer.error;
      if (answer.kind === 'failed') throw this.failed(request, answer.reason);
      if (Date.now() + pauseMs > givesUpAt) throw this.unreachable(answer.reason);
      await pause(pauseMs, undefined, { signal: this.closed.signal });
    }
  }

  private async attempt({ method, path, body, idempotencyKey }: ShopRequest): Promise<ShopAnswer> {
    try {
      const response = await fetch(`${this.base}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.any([this.closed.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
      });
      return await readAnswer(response);
    } catch (error) {
      return { kind: 'passing', reason: causeOf(error) };
    }
  }

  private unreachable(reason: string): ImportProblem {
    return new ImportProblem(
      `The shop at ${this.base} does not answer (${reason}). Start it with 'npx pnpm@12 start' or give its address with --url, ` +
        'and run the import again: it goes on where it stopped.',
    );
  }

  private failed({ method, path }: ShopRequest, reason: string): ImportProblem {
    return new ImportProblem(
      `${this.base} did not do ${method} ${path} (${reason}). Check that a Macrolith shell serves there, and read its log; ` +
        'run the import again and it goes on where it stopped.',
    );
  }
}

function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message: string };
  return cause?.code ?? cause?.message ?? message;
}
