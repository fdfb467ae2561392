import type { Logger } from '@nestjs/common';

/** A collector that is away for an hour is worth sixty lines, not one for each export. */
const QUIET_MS = 60_000;

/** What goes wrong with telemetry itself: it is logged now and then, and never reaches the work that is followed. */
export class Mishaps {
  private quietUntil = 0;

  constructor(private readonly logger: Pick<Logger, 'warn'>) {}

  /** Answers nothing where `work` throws. */
  attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.report(error);
      return undefined;
    }
  }

  report(error: unknown): void {
    const now = Date.now();
    if (now < this.quietUntil) return;
    this.quietUntil = now + QUIET_MS;
    this.logger.warn({ err: error }, 'Something of this process could not be told. Its work goes on');
  }
}
