import { context } from '@macrolith/core';
import type { ModuleDatabase } from '@macrolith/data';
import type { Logger } from '@nestjs/common';
import type { DeliveredMessage } from '../outbox/message.js';
import type { OutboxStatements } from '../outbox/outbox-statements.js';
import type { Attempts } from './attempts.js';
import type { RelayOptions } from './relay-options.js';

type ClaimedRow = Omit<DeliveredMessage, 'traceparent'> & { readonly traceparent: string | null };

/** The call's context of whoever woke the relay is none of the messages' business. */
const NOBODY = Object.freeze({});

/**
 * Empties the outbox of one module: claims as many messages as it has free hands, starts an attempt at each, and looks
 * for more when one ends. So a slow consumer occupies one hand, and a claim's lease begins when its attempt does.
 *
 * Many relays may work on one outbox: a claim locks and leases its rows.
 */
export class ModuleRelay {
  private readonly underWay = new Set<Promise<void>>();
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly statements: OutboxStatements,
    private readonly attempts: Attempts,
    private readonly options: RelayOptions,
    private readonly logger: Logger,
  ) {}

  /** Looks for work now. Returns at once. */
  wake(): void {
    if (this.stopped) return;
    if (this.looking !== undefined) {
      this.lookAgain = true;
      return;
    }
    clearTimeout(this.timer);
    this.looking = context
      .run(NOBODY, () => this.look())
      .finally(() => {
        this.looking = undefined;
        if (!this.lookAgain) return;
        this.lookAgain = false;
        this.wake();
      });
  }

  /** Takes no new work, and waits for what is under way, at most `drainMs`. Answers how many attempts it left. */
  async stop(): Promise<number> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
    const { promise: outOfPatience, resolve } = Promise.withResolvers<void>();
    const patience = setTimeout(resolve, this.options.drainMs);
    await Promise.race([Promise.all(this.underWay), outOfPatience]);
    clearTimeout(patience);
    return this.underWay.size;
  }

  private async look(): Promise<void> {
    try {
      const free = this.options.concurrency - this.underWay.size;
      if (free === 0) return;
      const messages = await this.claim(free);
      for (const message of messages) this.start(message);
      if (messages.length === free) return;
      await this.sleepUntilNextDue();
    } catch (error) {
      // The messages are safe in the database; look again later.
      this.logger.warn(`The outbox of '${this.database.module}' cannot be read now. ${error}`);
      this.sleep(this.options.sweepMs);
    }
  }

  private async claim(limit: number): Promise<readonly DeliveredMessage[]> {
    const { rows } = await this.database.query<ClaimedRow>(this.statements.claim, [limit, this.options.leaseMs / 1000]);
    return rows.map((row) => ({ ...row, traceparent: row.traceparent ?? undefined }));
  }

  private start(message: DeliveredMessage): void {
    const attempt = this.attempts.make(message).finally(() => {
      this.underWay.delete(attempt);
      this.wake();
    });
    this.underWay.add(attempt);
  }

  private async sleepUntilNextDue(): Promise<void> {
    const { rows } = await this.database.query<{ ms: number | null }>(this.statements.nextDue);
    const dueInMs = rows[0]?.ms ?? this.options.sweepMs;
    this.sleep(Math.max(1, Math.min(dueInMs, this.options.sweepMs)));
  }

  private sleep(ms: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), ms);
    this.timer.unref();
  }
}
