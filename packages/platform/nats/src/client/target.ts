import { Logger } from '@nestjs/common';
import { type CircuitBreakerPolicy, CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import type { ResilienceOptions } from '../nats-options.js';
import { RemoteOverloaded, RemoteUnavailable } from './call-errors.js';
import { CoolDown, NoVerdict } from './cool-down.js';
import { failureOf, isAnswer } from './sendable.js';
import { Trial } from './trial.js';

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
  /** How often calls were sent again, by why. */
  readonly sentAgain: Readonly<Record<string, number>>;
  /** How often calls were not sent, by why. */
  readonly notSent: Readonly<Record<NotSent, number>>;
}

/**
 * Why a call was not sent.
 * - `circuit-open`: its module is left alone for a while.
 * - `bulkhead-full`: as many calls to it are under way as may be.
 */
export type NotSent = 'circuit-open' | 'bulkhead-full';

const CIRCUITS: Readonly<Record<CircuitState, Circuit>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'probing',
  [CircuitState.Isolated]: 'open',
};

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
  private trial: Trial | undefined;
  private lastFailure: string | undefined;
  private underWay = 0;
  /** Numbers attempts in the order in which they begin. */
  private begun = 0;
  /** The number of the latest that was answered. */
  private answered = 0;
  private readonly sentAgain: Record<string, number> = {};
  private readonly notSent: Record<NotSent, number> = { 'circuit-open': 0, 'bulkhead-full': 0 };

  constructor(
    readonly module: string,
    readonly options: ResilienceOptions,
  ) {
    const { failuresToOpen, coolDown } = options;
    this.failuresInARow = new ConsecutiveBreaker(failuresToOpen);
    this.breaker = circuitBreaker(handleAll, {
      breaker: this.failuresInARow,
      halfOpenAfter: new CoolDown(coolDown.firstMs, coolDown.maxMs),
    });
    this.breaker.onBreak((reason) => {
      const error = 'error' in reason ? reason.error : undefined;
      if (error instanceof NoVerdict) return;
      this.lastFailure = error instanceof Error ? error.message : undefined;
      this.logger.warn(`'${module}' is left alone for a while. ${this.lastFailure ?? ''}`);
    });
    this.breaker.onReset(() => this.logger.log(`'${module}' answers again.`));
  }

  get state(): TargetState {
    const { module, circuit, underWay, lastFailure } = this;
    return { module, circuit, underWay, lastFailure, sentAgain: { ...this.sentAgain }, notSent: { ...this.notSent } };
  }

  get circuit(): Circuit {
    return CIRCUITS[this.breaker.state];
  }

  /** A call that was sent is sent once more. */
  sendsAgain(reason: string): void {
    this.sentAgain[reason] = (this.sentAgain[reason] ?? 0) + 1;
  }

  /**
   * Makes one attempt, unless the module is in trouble or has enough to do. The breaker hears of what fails, and not of each answer:
   * while the circuit is closed an answer has nothing to decide.
   *
   * @param otherwise what is done when it fails, in place of throwing
   */
  attempt<T>(operation: string, make: () => Promise<T>, otherwise: (error: unknown) => Promise<T>): Promise<T> {
    if (this.underWay >= this.options.bulkhead) {
      this.notSent['bulkhead-full'] += 1;
      return otherwise(new RemoteOverloaded(operation, 'caller'));
    }
    const isTrial = this.breaker.state !== CircuitState.Closed;
    const trial = isTrial ? this.beginTrial() : undefined;
    if (isTrial && trial === undefined) {
      this.notSent['circuit-open'] += 1;
      return otherwise(new RemoteUnavailable(operation, 'circuit-open'));
    }
    this.underWay += 1;
    this.begun += 1;
    const nth = this.begun;
    return make().then(
      (answer) => {
        this.underWay -= 1;
        this.failuresInARow.success();
        if (nth > this.answered) this.answered = nth;
        return trial === undefined ? answer : this.answers().then(() => answer);
      },
      async (error) => {
        this.underWay -= 1;
        await this.learnFrom(error, nth, trial);
        return otherwise(error);
      },
    );
  }

  /** `undefined` during the cool-down, and while another call tries: whoever asks now does not wait for how that goes. */
  private beginTrial(): Trial | undefined {
    if (this.trial !== undefined) return undefined;
    const trial = Trial.begin(this.breaker, this.options.attemptTimeoutMs);
    this.trial = trial;
    void trial?.over.then(() => {
      this.trial = undefined;
    });
    return trial;
  }

  private async learnFrom(error: unknown, nth: number, trial: Trial | undefined): Promise<void> {
    if (failureOf(error)?.isOfTarget === true) {
      if (nth > this.answered) await this.fails(error, trial);
    } else if (trial !== undefined) {
      if (isAnswer(error)) return this.answers();
      trial.cameToNothing();
      await trial.over;
    }
  }

  private async fails(error: unknown, trial: Trial | undefined): Promise<void> {
    if (this.breaker.state === CircuitState.Closed)
      await this.breaker.execute(() => Promise.reject(error)).catch(() => {});
    // What began before the circuit opened has no say in when it closes.
    else if (trial !== undefined) await this.concluded((current) => current.failed(error));
  }

  private answers(): Promise<void> {
    return this.concluded((current) => current.answered());
  }

  /** A call that tries may take longer than others wait for its verdict: then it has its say on the trial of the next one. */
  private async concluded(conclude: (trial: Trial) => void): Promise<void> {
    if (this.breaker.state === CircuitState.Closed) return;
    const current = this.trial ?? this.beginTrial();
    if (current === undefined) return;
    conclude(current);
    await current.over;
  }
}
