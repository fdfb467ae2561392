import type { Faults } from '../faults/faults.ts';
import type { Store } from '../network/store.ts';
import { signedHeaders } from './signature.ts';

interface Webhook {
  readonly id: string;
  readonly body: string;
  readonly attempts: number;
}

const POLL_MS = 50;
const TIMEOUT_MS = 5_000;
const MAX_ATTEMPTS = 30;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 60_000;
const BATCH = 20;

const ENDPOINT = 'webhook-endpoint';

/** Tells the merchant what happened, again and again until an answer says that it was heard. Order is not promised. */
export class Webhooks {
  readonly #store: Store;
  readonly #secret: string;
  readonly #faults: Faults;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(store: Store, secret: string, faults: Faults) {
    this.#store = store;
    this.#secret = secret;
    this.#faults = faults;
  }

  /** Where webhooks go from now on, also after a restart. */
  set endpoint(url: string) {
    this.#store.run('INSERT OR REPLACE INTO setting VALUES (?, ?)', ENDPOINT, url);
  }

  get endpoint(): string | undefined {
    return this.#store.row<{ value: string }>('SELECT value FROM setting WHERE name = ?', ENDPOINT)?.value;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const { endpoint } = this;
      const due = endpoint === undefined ? [] : this.#due();
      await Promise.all(due.map((webhook) => this.#deliver(endpoint!, webhook)));
      if (due.length < BATCH) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  #due(): Webhook[] {
    return this.#store.rows(
      `SELECT id, body, attempts FROM webhook WHERE state = 'open' AND dueAt <= ? ORDER BY dueAt LIMIT ?`,
      Date.now(),
      BATCH,
    );
  }

  async #deliver(endpoint: string, webhook: Webhook): Promise<void> {
    const fault = this.#faults.take('webhook');
    if (fault?.kind === 'dead') return this.#again(webhook);
    const copies = fault?.kind === 'twice' ? 2 : 1;
    let heard = false;
    for (let copy = 0; copy < copies; copy += 1) heard = await this.#post(endpoint, webhook);
    if (heard && fault?.kind !== 'lost')
      this.#store.run(`UPDATE webhook SET state = 'delivered' WHERE id = ?`, webhook.id);
    else this.#again(webhook);
  }

  async #post(endpoint: string, { id, body }: Webhook): Promise<boolean> {
    try {
      const { ok } = await fetch(endpoint, {
        method: 'POST',
        headers: signedHeaders(this.#secret, id, Math.floor(Date.now() / 1000), body),
        body,
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.#stopping.signal]),
      });
      return ok;
    } catch {
      return false;
    }
  }

  #again({ id, attempts }: Webhook): void {
    const made = attempts + 1;
    const delayMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** attempts);
    this.#store.run(
      `UPDATE webhook SET attempts = ?, dueAt = ?, state = ? WHERE id = ?`,
      ...[made, Date.now() + delayMs, made >= MAX_ATTEMPTS ? 'given-up' : 'open', id],
    );
  }
}
