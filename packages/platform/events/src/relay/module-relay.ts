import type { ModuleDatabase } from '@macrolith/data';
import type { Logger } from '@nestjs/common';
import type { DeliveredMessage } from '../outbox/message.js';
import type { OutboxStatements } from '../outbox/outbox-statements.js';
import { backoffMs } from './backoff.js';
import type { Delivery } from './delivery.js';
import type { RelayOptions } from './relay-options.js';

type ClaimedRow = Omit<DeliveredMessage, 'traceparent'> & { readonly traceparent: string | null };

/**
 * Empties the outbox of one module: claim, hand over, close; until nothing is due.
 *
 * Many relays may work on one outbox. A claim locks and leases its rows; closing compares the attempt number, so a
 * relay whose lease ran out cannot close what another has claimed since.
 */
export class ModuleRelay {
  private running: Promise<void> | undefined;
  private wokenWhileRunning = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly statements: OutboxStatements,
    private readonly delivery: Delivery,
    private readonly options: RelayOptions,
    private readonly logger: Logger,
    private readonly random: () => number = Math.random,
  ) {}

  /** Looks for work now. Returns at once. */
  wake(): void {
    if (this.stopped) return;
    if (this.running !== undefined) {
      this.wokenWhileRunning = true;
      return;
    }
    clearTimeout(this.timer);
    this.running = this.drain()
      .catch((error: unknown) => this.postpone(error))
      .finally(() => {
        this.running = undefined;
        if (this.wokenWhileRunning) {
          this.wokenWhileRunning = false;
          this.wake();
        }
      });
  }

  /** Takes no new work, and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async drain(): Promise<void> {
    while (!this.stopped) {
      const messages = await this.claim();
      if (messages.length === 0) break;
      await inLanes(groupByKey(messages), this.options.concurrency, (lane) => this.deliverInOrder(lane));
    }
    if (!this.stopped) await this.sleepUntilNextDue();
  }

  private async claim(): Promise<readonly DeliveredMessage[]> {
    const { batch, leaseMs } = this.options;
    const claimed = await this.database.query<ClaimedRow>(this.statements.claim, [batch, leaseMs / 1000]);
    return claimed.rows.map((row) => ({ ...row, traceparent: row.traceparent ?? undefined }));
  }

  private async deliverInOrder(messages: readonly DeliveredMessage[]): Promise<void> {
    for (const message of messages) await this.deliver(message);
  }

  private async deliver(message: DeliveredMessage): Promise<void> {
    const claim = [message.position, message.consumer, message.attempt];
    try {
      await this.delivery.deliver(message, Date.now() + this.options.leaseMs);
    } catch (error) {
      await this.fail(message, error);
      return;
    }
    await this.database.query(this.statements.done, claim);
  }

  private async fail(message: DeliveredMessage, error: unknown): Promise<void> {
    const claim = [message.position, message.consumer, message.attempt];
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const summary = `${message.type} for ${message.consumer} failed at attempt ${message.attempt}`;
    if (message.attempt >= this.options.maxAttempts) {
      await this.database.query(this.statements.bury, [...claim, failure]);
      this.logger.error(
        `${summary} and is a dead letter now (${this.database.schema}.delivery, position ${message.position}).`,
        failure,
      );
      return;
    }
    const delayMs = backoffMs(message.attempt, this.options.backoff, this.random());
    await this.database.query(this.statements.retry, [...claim, failure, delayMs]);
    this.logger.warn(`${summary}; next attempt in ${delayMs} ms. ${firstLine(failure)}`);
  }

  private async sleepUntilNextDue(): Promise<void> {
    const { rows } = await this.database.query<{ ms: number | null }>(this.statements.nextDue);
    const dueInMs = rows[0]?.ms ?? this.options.sweepMs;
    this.sleep(Math.max(1, Math.min(dueInMs, this.options.sweepMs)));
  }

  /** The database did not answer: the messages are safe there, so look again later. */
  private postpone(error: unknown): void {
    if (this.stopped) return;
    this.logger.warn(
      `The outbox of '${this.database.module}' cannot be read; looking again in ${this.options.sweepMs} ms. ${error}`,
    );
    this.sleep(this.options.sweepMs);
  }

  private sleep(ms: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), ms);
    this.timer.unref();
  }
}

/** Messages of one consumer and key stay in order in one group; groups are independent of each other. */
export function groupByKey(messages: readonly DeliveredMessage[]): readonly (readonly DeliveredMessage[])[] {
  const groups = Map.groupBy(messages, ({ consumer, key }) => JSON.stringify([consumer, key]));
  return [...groups.values()];
}

/** Runs `work` on every item, at most `limit` at a time. */
async function inLanes<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}
