import { Injectable } from '@nestjs/common';

/**
 * What a process does while it ends, one after the other:
 * - `answers`: what others wait for is answered, over HTTP and NATS;
 * - `work`: messages, tasks and runs under way come to an end that is kept;
 * - `closing`: last words are said, and connections are closed.
 */
export type ShutdownPhase = 'answers' | 'work' | 'closing';

/** The part of the time that is over when a phase is: who comes later finds some left. */
const OVER_AT: Readonly<Record<ShutdownPhase, number>> = { answers: 0.7, work: 0.9, closing: 1 };
/** Node's longest timer, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * The end of a process: one moment by which all that it waits for is over or given up, shared by all who wait. It begins when the
 * first asks to wait.
 */
@Injectable()
export class Shutdown {
  private beganAt: number | undefined;

  /** @param timeoutMs how long the whole may take, in milliseconds. Not given: as long as each of those who wait has patience. */
  constructor(private readonly timeoutMs = Number.POSITIVE_INFINITY) {}

  /**
   * Waits for work as long as its phase may take, and at most `patienceMs`.
   * @returns whether the work is over, be it by a failure
   */
  async waitFor(
    phase: ShutdownPhase,
    work: Promise<unknown> | undefined,
    patienceMs = Number.POSITIVE_INFINITY,
  ): Promise<boolean> {
    const { promise: outOfPatience, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), Math.min(this.leftMs(phase), patienceMs, LONGEST_MS));
    const over = () => true;
    try {
      return await Promise.race([Promise.resolve(work).then(over, over), outOfPatience]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** How long a phase may still take, in milliseconds. */
  leftMs(phase: ShutdownPhase): number {
    this.beganAt ??= performance.now();
    return Math.max(0, this.beganAt + this.timeoutMs * OVER_AT[phase] - performance.now());
  }
}
