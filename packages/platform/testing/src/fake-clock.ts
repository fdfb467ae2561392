import { Clock } from '@macrolith/core';

interface Timer {
  readonly at: number;
  readonly work: () => void | Promise<void>;
}

/**
 * A clock that stands still until it is told to go on: `bootModule(module, { clock })`. While it goes on, schedules have their
 * ticks, and what waits in a log (delayed tasks, and messages between two attempts) becomes due as if the time had passed.
 *
 * The database's own clock stays the real one. What is stored with `now()` is of today, leases and time-outs take as long as
 * they take.
 */
export class FakeClock extends Clock {
  private moment: number;
  private readonly timers = new Set<Timer>();
  private readonly listeners: ((passedMs: number) => Promise<void>)[] = [];

  constructor(start: Date | string = '2026-01-01T00:00:00Z') {
    super();
    this.moment = new Date(start).getTime();
    if (Number.isNaN(this.moment)) throw new RangeError(`'${start}' is no moment. Write one as 2026-01-01T00:00:00Z.`);
  }

  override now(): number {
    return this.moment;
  }

  override after(ms: number, work: () => void | Promise<void>): () => void {
    const timer = { at: this.moment + ms, work };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Lets time pass. Resolves when everything that rang meanwhile has done its work, one after the other. */
  async advance(ms: number): Promise<void> {
    const end = this.moment + ms;
    for (let next = this.next(end); next !== undefined; next = this.next(end)) {
      await this.goOnTo(Math.max(next.at, this.moment));
      this.timers.delete(next);
      await next.work();
    }
    await this.goOnTo(end);
  }

  /** Calls `passed` with each piece of time that passes. */
  whenAdvanced(passed: (passedMs: number) => Promise<void>): void {
    this.listeners.push(passed);
  }

  private next(end: number): Timer | undefined {
    return [...this.timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }

  private async goOnTo(moment: number): Promise<void> {
    const passedMs = moment - this.moment;
    this.moment = moment;
    if (passedMs > 0) for (const passed of this.listeners) await passed(passedMs);
  }
}
