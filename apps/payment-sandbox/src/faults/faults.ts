import { z } from 'zod';
import { DECLINE_REASONS } from '../network/cards.ts';

export const TARGETS = ['authorise', 'capture', 'void', 'refund', 'list', 'webhook'] as const;
export type Target = (typeof TARGETS)[number];

const times = z.int().min(1).max(1_000_000).default(1).describe('How many requests it meets.');

/**
 * What goes wrong on demand.
 * - `slow`: acts, and answers after `delayMs`.
 * - `slow-before`: waits `delayMs` before it acts, even if nobody waits for the answer any more.
 * - `dead`: does not act, and cuts the connection.
 * - `error`: does not act, and answers 500.
 * - `lost`: acts, and cuts the connection instead of answering.
 * - `hold-before`, `hold-after`: waits before or after it acts until somebody releases it.
 * - `twice`: a webhook is sent twice; another request acts and answers twice, of which the second answer is dropped.
 * - `decline`: the card does not pay, whichever it is.
 */
export const Fault = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['slow', 'slow-before']), on: z.enum(TARGETS), times, delayMs: z.int().min(0).max(600_000) }),
  z.object({
    kind: z.enum(['dead', 'error', 'lost', 'twice', 'hold-before', 'hold-after']),
    on: z.enum(TARGETS),
    times,
  }),
  z.object({ kind: z.literal('decline'), on: z.literal('authorise'), times, reason: z.enum(DECLINE_REASONS) }),
]);
export type Fault = z.output<typeof Fault>;

/** Faults that were asked for and have not happened yet. They are forgotten when the process ends. */
export class Faults {
  #pending: Fault[] = [];
  #held: { readonly target: Target; readonly release: () => void }[] = [];

  add(fault: Fault): void {
    this.#pending.push({ ...fault });
  }

  /** The fault that this request meets: the oldest that is left for its kind. */
  take(target: Target): Fault | undefined {
    const fault = this.#pending.find(({ on }) => on === target);
    if (fault === undefined) return undefined;
    fault.times -= 1;
    this.#pending = this.#pending.filter((pending) => pending.times > 0);
    return fault;
  }

  /** Waits until somebody releases what is held, or for `delayMs`. */
  hold(target: Target, delayMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = delayMs === undefined ? undefined : setTimeout(() => release(), delayMs);
      const release = (): void => {
        clearTimeout(timer);
        this.#held = this.#held.filter((held) => held.release !== release);
        resolve();
      };
      this.#held.push({ target, release });
    });
  }

  /** Lets go on what is held. */
  release(): void {
    for (const { release } of [...this.#held]) release();
  }

  /** Forgets what has not happened, and lets go on what is held. */
  clear(): void {
    this.#pending = [];
    this.release();
  }

  get state(): { readonly pending: readonly Fault[]; readonly held: readonly Target[] } {
    return { pending: this.#pending, held: this.#held.map(({ target }) => target) };
  }
}
