/** What time it is in this process, and a way to let some of it pass. The DI token; a test may have another one. */
export abstract class Clock {
  /** Milliseconds since the epoch. */
  abstract now(): number;
  /** Calls `work` once, when `ms` have passed. Answers how to call that off. `work` must not reject. */
  abstract after(ms: number, work: () => void | Promise<void>): () => void;
}

/** No timer of Node's is set for longer: it would ring at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The time of the machine. */
export class SystemClock extends Clock {
  override now(): number {
    return Date.now();
  }

  override after(ms: number, work: () => void | Promise<void>): () => void {
    // Rings early rather than never: whoever waits for a moment looks whether it has come.
    const timer = setTimeout(() => void work(), Math.min(ms, LONGEST_TIMER_MS));
    // A process that has nothing else to do may end.
    timer.unref();
    return () => clearTimeout(timer);
  }
}
