import { randomUUID } from 'node:crypto';
import { Database, type ModuleDatabase } from '@macrolith/data';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { RELAY_OPTIONS, type RelayOptions } from '../relay/relay-options.js';
import { TaskRules } from './task-rules.js';
import type { Limit } from './tasks-feature.js';

/** The right to do one limited task, until it is given back. */
export interface Slot {
  release(): Promise<void>;
}

interface HeldSlot {
  readonly task: string;
  readonly slot: number;
  /** Tells this holding of the slot from every other one. */
  readonly holder: string;
}

/** How often a lease is renewed before it would run out. */
const RENEWALS_PER_LEASE = 3;

/**
 * Lets no more of a limited task be done at once than its module allows, over all processes: there are as many rows as may
 * be at work, in the schema of the module that does the task, and who does one holds a row by a lease. Tasks of one kind
 * wait in the outboxes of many modules, so they cannot be counted there.
 */
@Injectable()
export class TaskSlots {
  private readonly logger = new Logger('TaskSlots');
  private readonly held = new Set<HeldSlot>();
  private readonly listeners: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly rules: TaskRules,
    private readonly database: Database,
    @Inject(RELAY_OPTIONS) private readonly options: RelayOptions,
  ) {}

  isLimited(consumer: string): boolean {
    return this.rules.limits.has(consumer);
  }

  /** Calls `freed` whenever a task of this process is over and its slot can be had. */
  whenFreed(freed: () => void): void {
    this.listeners.push(freed);
  }

  /** Gives back the slot of a task that is over. */
  async free(slot: Slot): Promise<void> {
    await slot.release();
    for (const freed of this.listeners) freed();
  }

  /** Makes as many slots as each limit says. One that is too many and in use goes when its module starts the next time. */
  async prepare(): Promise<void> {
    await Promise.all(
      [...this.rules.limits.values()].map(async ({ task, atOnce }) => {
        const { database, table } = this.home(task.module);
        await database.query(
          `INSERT INTO ${table} (task, slot) SELECT $1, slot FROM generate_series(1, $2::integer) AS slot
          ON CONFLICT DO NOTHING`,
          [task.id, atOnce],
        );
        await database.query(
          `DELETE FROM ${table} WHERE task = $1 AND slot > $2 AND (leased_until IS NULL OR leased_until < now())`,
          [task.id, atOnce],
        );
      }),
    );
  }

  /** As many slots of the task as are free, at most `wanted`. */
  async acquire(consumer: string, wanted: number): Promise<Slot[]> {
    const { task, atOnce } = this.limitOf(consumer);
    const { database, table } = this.home(task.module);
    const holder = randomUUID();
    const { rows } = await database.query<{ slot: number }>(
      `UPDATE ${table} AS taken SET holder = $4, leased_until = now() + make_interval(secs => $5)
      FROM (
        SELECT slot FROM ${table} WHERE task = $1 AND slot <= $2 AND (leased_until IS NULL OR leased_until < now())
        ORDER BY slot LIMIT $3 FOR UPDATE SKIP LOCKED
      ) AS free
      WHERE taken.task = $1 AND taken.slot = free.slot RETURNING taken.slot`,
      [task.id, atOnce, wanted, holder, this.options.leaseMs / 1000],
    );
    return rows.map(({ slot }) => this.hold({ task: task.id, slot, holder }));
  }

  private hold(slot: HeldSlot): Slot {
    this.held.add(slot);
    this.timer ??= setInterval(() => void this.renew(), this.options.leaseMs / RENEWALS_PER_LEASE).unref();
    return { release: () => this.release(slot) };
  }

  private async release(slot: HeldSlot): Promise<void> {
    this.held.delete(slot);
    if (this.held.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
    const { database, table } = this.home(this.limitOf(slot.task).task.module);
    try {
      await database.query(
        `UPDATE ${table} SET holder = NULL, leased_until = NULL WHERE task = $1 AND slot = $2 AND holder = $3`,
        [slot.task, slot.slot, slot.holder],
      );
    } catch (error) {
      this.logger.warn(
        `A slot of ${slot.task} could not be given back; it is free when its lease has run out. ${error}`,
      );
    }
  }

  private async renew(): Promise<void> {
    for (const [task, slots] of Map.groupBy(this.held, (slot) => slot.task)) {
      const { database, table } = this.home(this.limitOf(task).task.module);
      try {
        await database.query(
          `UPDATE ${table} AS held SET leased_until = now() + make_interval(secs => $4)
          FROM unnest($2::integer[], $3::uuid[]) AS mine (slot, holder)
          WHERE held.task = $1 AND held.slot = mine.slot AND held.holder = mine.holder`,
          [task, slots.map(({ slot }) => slot), slots.map(({ holder }) => holder), this.options.leaseMs / 1000],
        );
      } catch (error) {
        this.logger.warn(`Slots of ${task} could not be renewed; more than its limit may be done at once. ${error}`);
      }
    }
  }

  private limitOf(consumer: string): Limit {
    return this.rules.limits.get(consumer)!;
  }

  private home(module: string): { readonly database: ModuleDatabase; readonly table: string } {
    const database = this.database.of(module);
    return { database, table: `${database.schema}.task_slot` };
  }
}
