/** Longer than this no timer of Node waits: it would ring at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Rings at the earliest of many moments. Most of them are called off long before: each answer that comes in time calls off one.
 * A timer of its own for each would be started and stopped by every call; this one is left to ring, and looks then what is due.
 */
export class Alarm {
  private timer: NodeJS.Timeout | undefined;
  private ringsAt = Number.POSITIVE_INFINITY;

  /** @param ring does what is due at `now`, and answers the next moment that counts; `Infinity` when there is none. In milliseconds since the epoch */
  constructor(private readonly ring: (now: number) => number) {}

  /** Rings at `at` at the latest. */
  by(at: number): void {
    if (at >= this.ringsAt) return;
    clearTimeout(this.timer);
    this.ringsAt = at;
    this.timer = setTimeout(() => this.rung(), Math.min(Math.max(1, at - Date.now()), LONGEST_MS));
    // What waits holds a connection, which keeps the process alive.
    this.timer.unref();
  }

  private rung(): void {
    this.ringsAt = Number.POSITIVE_INFINITY;
    this.by(this.ring(Date.now()));
  }
}
