import type { CircuitBreakerPolicy } from 'cockatiel';
import { NoVerdict } from './cool-down.js';

/** One call that is let through an open circuit, as its breaker sees it: until there is a verdict, others are not let through. */
export class Trial {
  private constructor(
    private readonly verdict: PromiseWithResolvers<void>,
    /** Resolves when the breaker has drawn its conclusion. */
    readonly over: Promise<void>,
  ) {}

  /**
   * `undefined` while the module is left alone.
   *
   * @param patienceMs after so long without a verdict the next call may try as well
   */
  static begin(breaker: CircuitBreakerPolicy, patienceMs: number): Trial | undefined {
    const verdict = Promise.withResolvers<void>();
    let isAdmitted = false;
    // The breaker calls this at once or not at all.
    const execution = breaker.execute(() => {
      isAdmitted = true;
      return verdict.promise;
    });
    const concluded = execution.catch(() => {});
    if (!isAdmitted) return undefined;
    const timer = setTimeout(() => verdict.reject(new NoVerdict()), patienceMs);
    timer.unref();
    return new Trial(
      verdict,
      concluded.then(() => clearTimeout(timer)),
    );
  }

  answered(): void {
    this.verdict.resolve();
  }

  failed(error: unknown): void {
    this.verdict.reject(error);
  }

  cameToNothing(): void {
    this.verdict.reject(new NoVerdict());
  }
}
