import type { ModuleDatabase } from '@macrolith/data';
import type { Logger } from '@nestjs/common';
import type { DeliveryStatements } from './delivery-statements.js';

/** How long nothing must come before it is asked when something will be due: not after each message. */
const AT_REST_MS = 20;

/** What a relay does while nothing can be claimed: it finds out when that changes, and wakes up then. */
export class Rest {
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly statements: DeliveryStatements,
    private readonly longestMs: number,
    private readonly logger: Logger,
    private readonly wake: () => void,
  ) {}

  /** Wakes when something is due of these consumers, or after the longest rest. */
  begin(consumers: readonly string[]): void {
    this.interrupt();
    if (this.ended) return;
    const timer = setTimeout(() => void this.untilNextIsDue(timer, consumers), AT_REST_MS).unref();
    this.timer = timer;
  }

  /** Wakes after the longest rest. */
  beginLong(): void {
    this.sleep(this.longestMs);
  }

  interrupt(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** No waking any more. */
  end(): void {
    this.ended = true;
    this.interrupt();
  }

  private async untilNextIsDue(timer: NodeJS.Timeout, consumers: readonly string[]): Promise<void> {
    let dueInMs = this.longestMs;
    try {
      const { rows } = await this.database.queryByIndexes<{ ms: number | null }>(this.statements.nextClaimable, [
        consumers,
      ]);
      dueInMs = rows[0]?.ms ?? dueInMs;
    } catch (error) {
      this.logger.warn(`When '${this.database.module}' owes something next cannot be read now. ${error}`);
    }
    // Otherwise it was interrupted meanwhile, and rests again later.
    if (this.timer === timer) this.sleep(Math.max(1, Math.min(dueInMs, this.longestMs)));
  }

  private sleep(ms: number): void {
    this.interrupt();
    if (!this.ended) this.timer = setTimeout(this.wake, ms).unref();
  }
}
