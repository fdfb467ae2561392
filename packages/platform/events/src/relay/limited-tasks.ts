import { context } from '@macrolith/core';
import type { ModuleDatabase } from '@macrolith/data';
import type { Logger } from '@nestjs/common';
import type { DeliveredMessage } from '../log/message.js';
import type { Slot, TaskSlots } from '../tasks/task-slots.js';
import type { DeliveryStatements } from './delivery-statements.js';
import type { Hands } from './hands.js';
import { OneAtATime } from './one-at-a-time.js';

/** How soon it looks again when others hold all the slots: they say nothing when they give one back. */
const BLOCKED_MS = 250;

/** The relay of a log, as far as its limited tasks need it. */
export interface LimitedTasksOn {
  readonly database: ModuleDatabase;
  readonly statements: DeliveryStatements;
  readonly hands: Hands;
  readonly slots: TaskSlots;
  readonly logger: Logger;
  readonly sweepMs: number;
  /** How many more messages the consumer can work on in this process. */
  free(consumer: string): number;
  /** Claims at most so many messages of one consumer. */
  claim(consumer: string, atMost: number): Promise<readonly DeliveredMessage[]>;
  /** Starts an attempt. `over` is called when it has ended. */
  start(message: DeliveredMessage, over: () => Promise<void>): void;
}

/**
 * Begins the tasks of a log that only so many may be at work on at once. They are claimed apart from everything else, so
 * that those which have to wait stand in nobody's way: first slots, then as many messages as there are slots.
 */
export class LimitedTasks {
  private readonly looking = new OneAtATime(() => context.run({}, () => this.look()));
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  /** The limited tasks that are done here. */
  consumers: readonly string[] = [];

  constructor(private readonly on: LimitedTasksOn) {
    on.slots.whenFreed(() => this.wake());
  }

  /** Looks for work now. Returns at once. */
  wake(): void {
    if (!this.stopped && this.consumers.length > 0) this.looking.ask();
  }

  /** Takes no new work. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking.idle();
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    try {
      let isBlocked = false;
      for (const consumer of await this.due()) {
        if (!(await this.take(consumer))) isBlocked = true;
      }
      this.sleep(isBlocked ? BLOCKED_MS : await this.untilNextDue());
    } catch (error) {
      // The tasks are safe in the database; look again later.
      this.on.logger.warn(`Limited tasks cannot be looked for now. ${error}`);
      this.sleep(this.on.sweepMs);
    }
  }

  private async due(): Promise<readonly string[]> {
    const able = this.consumers.filter((consumer) => this.on.free(consumer) > 0);
    if (able.length === 0) return [];
    const { rows } = await this.on.database.queryByIndexes<{ consumer: string }>(this.on.statements.due, [able]);
    return rows.map(({ consumer }) => consumer);
  }

  /** Answers whether there was a slot for it. */
  private async take(consumer: string): Promise<boolean> {
    const { hands, slots } = this.on;
    const taken = hands.take(this.on.free(consumer), () => this.wake());
    if (taken === 0) return true;
    let begun = 0;
    let unused: Slot[] = [];
    try {
      unused = await slots.acquire(consumer, taken);
      if (unused.length === 0) return false;
      for (const message of await this.on.claim(consumer, unused.length)) {
        const slot = unused.pop()!;
        begun += 1;
        this.on.start(message, () => slots.free(slot));
      }
      return true;
    } finally {
      hands.giveBack(taken - begun);
      await Promise.all(unused.map((slot) => slot.release()));
    }
  }

  private async untilNextDue(): Promise<number> {
    const { rows } = await this.on.database.queryByIndexes<{ ms: number | null }>(this.on.statements.nextDue, [
      this.consumers,
    ]);
    return Math.max(1, Math.min(rows[0]?.ms ?? this.on.sweepMs, this.on.sweepMs));
  }

  private sleep(ms: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => this.wake(), ms).unref();
  }
}
