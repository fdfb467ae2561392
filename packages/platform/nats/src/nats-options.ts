import type { GivenNatsPlace } from '@macrolith/nats-connection';

export interface NatsCallOptions extends GivenNatsPlace {
  /** What this product is called in NATS. Two products on one NATS have two names. */
  readonly system: string;
  /** How long the start waits for NATS. Without it by then, the process starts all the same, and goes on trying. */
  readonly natsPatienceMs: number;
  /** How long a call may take whose context has no deadline. */
  readonly timeoutMs: number;
  /** How many calls of other processes are done here at once. A further one is answered `overloaded`. */
  readonly concurrency: number;
  /**
   * How long calls of other processes that are under way may take once this one closes, in milliseconds. The shutdown of the whole
   * process may leave less time.
   */
  readonly drainMs: number;
  /** How calls to other processes deal with failure. */
  readonly resilience: ResilienceOptions;
  /** The same for single modules, by name, in place of the general ones. */
  readonly resilienceOf: Readonly<Record<string, Partial<ResilienceOptions>>>;
}

export interface ResilienceOptions {
  /** How often a call that fails is tried at most, where it may be sent again: a query, a command, or any whose work was not begun. */
  readonly maxAttempts: number;
  /**
   * A query or a command that has no answer after this time is sent once more, since its message or whoever had it may be lost. The
   * first answer to either counts, until the caller's time is over: what takes long is only asked for twice. Not with 1 attempt.
   */
  readonly attemptTimeoutMs: number;
  /** The wait before a further attempt, with full jitter. */
  readonly backoff: { readonly firstMs: number; readonly maxMs: number };
  /** So many failures in a row open the circuit: calls then fail at once. */
  readonly failuresToOpen: number;
  /** How long the circuit stays open before a call is let through to try. It doubles each time that this fails. */
  readonly coolDown: { readonly firstMs: number; readonly maxMs: number };
  /** How many calls to one module are under way at once. A further one fails at once. */
  readonly bulkhead: number;
}

export type GivenNatsOptions = GivenNatsPlace &
  Partial<Omit<NatsCallOptions, 'resilience' | keyof GivenNatsPlace>> & {
    readonly resilience?: Partial<ResilienceOptions>;
  };

export const RESILIENCE_DEFAULTS: ResilienceOptions = {
  maxAttempts: 4,
  attemptTimeoutMs: 5_000,
  backoff: { firstMs: 50, maxMs: 1_000 },
  failuresToOpen: 5,
  coolDown: { firstMs: 200, maxMs: 10_000 },
  bulkhead: 1_000,
};

export function natsCallOptions(given: GivenNatsOptions): NatsCallOptions {
  return {
    servers: given.servers,
    system: given.system ?? 'macrolith',
    connection: given.connection,
    natsPatienceMs: given.natsPatienceMs ?? 5_000,
    timeoutMs: given.timeoutMs ?? 10_000,
    concurrency: given.concurrency ?? 256,
    drainMs: given.drainMs ?? 15_000,
    resilience: { ...RESILIENCE_DEFAULTS, ...given.resilience },
    resilienceOf: given.resilienceOf ?? {},
  };
}
