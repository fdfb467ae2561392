import { PlatformError } from '@macrolith/core';
import { Logger } from '@nestjs/common';
import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  noJitterGenerator,
} from 'cockatiel';
import type { ResilienceOptions } from '../nats-options.js';
import { RemoteOverloaded, RemoteUnavailable } from './call-errors.js';
import { failureOf } from './sendable.js';

/**
 * How much a remote module is trusted to answer.
 * - `closed`: calls go through.
 * - `open`: calls fail at once, until the cool-down is over.
 * - `probing`: one call is under way to try; the others fail at once.
 */
export type Circuit = 'closed' | 'open' | 'probing';

/** What is known of a remote module here. */
export interface TargetState {
  readonly module: string;
  readonly circuit: Circuit;
  readonly underWay: number;
  /** What opened the circuit last. */
  readonly lastFailure: string | undefined;
}

const CIRCUITS: Readonly<Record<CircuitState, Circuit>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'probing',
  [CircuitState.Isolated]: 'open',
};

/** An attempt that failed although others that were begun after it have been answered: it says nothing of the module as a whole. */
class Overtaken extends Error {
  constructor(readonly failure: unknown) {
    super();
  }
}

/**
 * One remote module, as the calls of this process meet it: a circuit breaker, and a bulkhead.
 *
 * Of several processes that serve the module one may die with many calls in its hands, which then all fail at the same moment. The
 * others answer as before, so such failures do not open the circuit: only those do that no later answer speaks against.
 */
export class Target {
  private readonly logger = new Logger('RemoteModules');
  private readonly failuresInARow: ConsecutiveBreaker;
  private readonly breaker: CircuitBreakerPolicy;
  private underWay = 0;
  /** Numbers attempts in the order in which they begin. */
  private begun = 0;
  /** The number of the latest that was answered. */
  private answered = 0;

  constructor(
    readonly module: string,
    readonly options: ResilienceOptions,
  ) {
    const { failuresToOpen, coolDown } = options;
    this.failuresInARow = new ConsecutiveBreaker(failuresToOpen);
    this.breaker = circuitBreaker(
      handleWhen((error) => failureOf(error)?.isOfTarget ?? false),
      {
        breaker: this.failuresInARow,
        halfOpenAfter: new ExponentialBackoff({
          initialDelay: coolDown.firstMs,
          maxDelay: coolDown.maxMs,
          exponent: 2,
          generator: noJitterGenerator,
        }),
      },
    );
    this.breaker.onBreak(() => this.logger.warn(`'${module}' is left alone for a while. ${this.lastFailure ?? ''}`));
    this.breaker.onReset(() => this.logger.log(`'${module}' answers again.`));
  }

  get state(): TargetState {
    return {
      module: this.module,
      circuit: CIRCUITS[this.breaker.state],
      underWay: this.underWay,
      lastFailure: this.lastFailure,
    };
  }

  /**
   * Makes one attempt, unless the module is in trouble or has enough to do. As long as nothing fails the breaker has nothing to
   * decide, so calls do not go through it then: it hears of the first failure, and sees all calls until one succeeds.
   *
   * @param otherwise what is done when it fails, in place of throwing
   */
  attempt<T>(operation: string, make: () => Promise<T>, otherwise: (error: unknown) => Promise<T>): Promise<T> {
    if (this.underWay >= this.options.bulkhead) return otherwise(new RemoteOverloaded(operation, 'caller'));
    // The breaker would let others wait for the outcome of the trial.
    if (this.breaker.state === CircuitState.HalfOpen) {
      return otherwise(new RemoteUnavailable(operation, 'circuit-open'));
    }
    const isWatched = this.failuresInARow.state > 0 || this.breaker.state !== CircuitState.Closed;
    this.underWay += 1;
    this.begun += 1;
    const nth = this.begun;
    return (isWatched ? this.breaker.execute(() => this.judged(nth, make)) : make()).then(
      (answer) => {
        this.underWay -= 1;
        this.failuresInARow.success();
        if (nth > this.answered) this.answered = nth;
        return answer;
      },
      async (error) => {
        this.underWay -= 1;
        return otherwise(await this.failureOf(operation, error, nth, isWatched));
      },
    );
  }

  private async failureOf(operation: string, error: unknown, nth: number, wasWatched: boolean): Promise<unknown> {
    if (error instanceof Overtaken) return error.failure;
    if (isBrokenCircuitError(error)) return new RemoteUnavailable(operation, 'circuit-open');
    if (!wasWatched && nth > this.answered) await this.tellBreaker(error);
    return error;
  }

  /** Keeps from the breaker what says nothing of the module as a whole. */
  private async judged<T>(nth: number, make: () => Promise<T>): Promise<T> {
    try {
      return await make();
    } catch (error) {
      throw nth > this.answered ? error : new Overtaken(error);
    }
  }

  private async tellBreaker(failure: unknown): Promise<void> {
    if (this.breaker.state !== CircuitState.Closed) return;
    await this.breaker.execute(() => Promise.reject(failure)).catch(() => {});
  }

  private get lastFailure(): string | undefined {
    const reason = this.breaker.lastFailure;
    return reason !== undefined && 'error' in reason && reason.error instanceof PlatformError
      ? reason.error.message
      : undefined;
  }
}
