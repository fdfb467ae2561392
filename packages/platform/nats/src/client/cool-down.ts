import type { FailureReason, IBackoff } from 'cockatiel';

/** A trial of an open circuit that ended by something of its own: it says neither that the module answers nor that it does not. */
export class NoVerdict extends Error {}

interface Reason {
  readonly result: FailureReason<unknown>;
}

/**
 * How long the circuit stays open: longer each time that a trial fails. After one that came to no verdict the next call tries at once,
 * and what has grown stays as it is.
 */
export class CoolDown implements IBackoff<Reason> {
  /** @param duration in milliseconds, as `nextMs` and `maxMs` */
  constructor(
    private readonly nextMs: number,
    private readonly maxMs: number,
    readonly duration = 0,
  ) {}

  next({ result }: Reason): CoolDown {
    if ('error' in result && result.error instanceof NoVerdict) return new CoolDown(this.nextMs, this.maxMs, 0);
    const duration = Math.min(this.nextMs, this.maxMs);
    return new CoolDown(duration * 2, this.maxMs, duration);
  }
}
