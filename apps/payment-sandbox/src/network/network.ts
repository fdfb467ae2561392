import { createHash, randomUUID, randomUUIDv7 } from 'node:crypto';
import { type Act, type Authorisation, after, type Refusal, toJson } from './authorisation.ts';
import { type DeclineReason, declineReason } from './cards.ts';
import type { Store } from './store.ts';

/** An answer as it is sent, now and whenever the same is asked again. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface AuthoriseRequest {
  readonly token: string;
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** A refusal of the network's, which is an answer too. */
const refusal = (status: number, error: string, message: string, more: object = {}): Answer => ({
  status,
  body: JSON.stringify({ error, message, ...more }),
});

/**
 * The card network: what it does and what it answers is written in one transaction, under the key of the request. A
 * request that comes again under its key is answered the same and does nothing; another request under that key is refused.
 */
export class Network {
  readonly #store: Store;
  readonly #now: () => number;

  constructor(store: Store, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
  }

  /** @param forcedDecline declines whatever the card is */
  authorise(key: string, request: AuthoriseRequest, forcedDecline?: DeclineReason): Answer {
    return this.#once(key, ['authorise', request], () => {
      const { token, reference, currency, amountMinor } = request;
      const reason = forcedDecline ?? declineReason(token, amountMinor) ?? null;
      const authorisation: Authorisation = {
        id: `auth_${randomUUIDv7()}`,
        ...{ reference, token, currency },
        status: reason === null ? 'authorised' : 'declined',
        declineReason: reason,
        ...{ authorisedMinor: amountMinor, capturedMinor: 0n, refundedMinor: 0n },
        createdAt: this.#now(),
      };
      this.#keep(authorisation, 'authorise', key);
      if (reason === null) return { status: 201, body: JSON.stringify(toJson(authorisation)) };
      return refusal(402, 'declined', 'The card does not pay.', { reason, authorisation: toJson(authorisation) });
    });
  }

  act(key: string, id: string, act: Act, amountMinor: bigint): Answer {
    return this.#once(key, [act, id, amountMinor], () => {
      const authorisation = this.#store.find(id);
      if (authorisation === undefined) return refusal(404, 'not-found', `There is no authorisation ${id}.`);
      const outcome = after(authorisation, act, amountMinor);
      if ('refused' in outcome) return refused(authorisation, act, outcome);
      this.#keep(outcome, act, key);
      return { status: 200, body: JSON.stringify(toJson(outcome)) };
    });
  }

  #once(key: string, request: unknown, work: () => Answer): Answer {
    const text = JSON.stringify(request, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
    const digest = createHash('sha256').update(text).digest('hex');
    return this.#store.transaction(() => {
      const before = this.#store.row<Answer & { digest: string }>('SELECT * FROM answer WHERE key = ?', key);
      if (before === undefined) {
        const { status, body } = work();
        this.#store.run('INSERT INTO answer VALUES (?, ?, ?, ?)', key, digest, status, body);
        return { status, body };
      }
      if (before.digest === digest) return { status: before.status, body: before.body };
      return refusal(409, 'idempotency-key-reused', 'Another request was sent under this Idempotency-Key.');
    });
  }

  /** What changed is told by a webhook, which is written with it. */
  #keep(authorisation: Authorisation, act: Act | 'authorise', key: string): void {
    this.#store.put(authorisation);
    const event = { type: `authorisation.${act}`, key, authorisation: toJson(authorisation) };
    this.#store.run(
      'INSERT INTO webhook (id, body, dueAt) VALUES (?, ?, ?)',
      `evt_${randomUUID()}`,
      JSON.stringify(event),
      this.#now(),
    );
  }
}

function refused({ id, status }: Authorisation, act: Act, outcome: Refusal): Answer {
  if (outcome.refused === 'state') return refusal(409, 'wrong-state', `${id} is ${status}: no ${act} is possible.`);
  return refusal(409, 'amount-too-high', `${id} allows 1 to ${outcome.possibleMinor} minor units.`);
}
