import type { UnitOfWork } from '@macrolith/core';
import type { ModuleDatabase } from '@macrolith/data';
import type { TaskSink } from '../tasks/tasks.js';
import type { Schedule } from './schedule.js';
import { tickId } from './tick-id.js';

/** What schedules of a module stand on. */
export interface SchedulesOn {
  readonly database: ModuleDatabase;
  readonly unitOfWork: UnitOfWork;
  readonly tasks: TaskSink;
}

/**
 * The schedules of one module. How far each has come is a row in the module's schema: whoever moves it on from one tick to
 * the next places the task of that tick, in the same transaction, and all others find it moved.
 */
export class ModuleSchedules {
  private readonly table: string;

  constructor(
    private readonly on: SchedulesOn,
    private readonly schedules: readonly Schedule[],
  ) {
    this.table = `${on.database.schema}.schedule`;
  }

  /**
   * Notes the schedules that are new, and those whose terms have changed, to begin from `now`; those that are gone are
   * forgotten. While versions of a module with different schedules run side by side, each keeps its own.
   */
  async register(now: number): Promise<void> {
    const { database } = this.on;
    const names = this.schedules.map(({ name }) => name);
    await database.query(
      `INSERT INTO ${this.table} AS known (name, terms, last_tick)
      SELECT name, terms, $3 FROM unnest($1::text[], $2::text[]) AS declared (name, terms)
      ON CONFLICT (name) DO UPDATE SET terms = excluded.terms, last_tick = excluded.last_tick
      WHERE known.terms <> excluded.terms`,
      [names, this.schedules.map(({ ticks }) => ticks.terms), new Date(now)],
    );
    await database.query(`DELETE FROM ${this.table} WHERE name <> ALL ($1)`, [names]);
  }

  /** Places the task of each schedule whose time has come. Answers when the next one comes, in milliseconds since the epoch. */
  async placeDue(now: number): Promise<number | undefined> {
    const { rows } = await this.on.database.query<{ name: string; lastTick: Date }>(
      `SELECT name, last_tick AS "lastTick" FROM ${this.table}`,
    );
    const lastTicks = new Map(rows.map(({ name, lastTick }) => [name, lastTick]));
    const coming: number[] = [];
    for (const schedule of this.schedules) {
      const lastTick = lastTicks.get(schedule.name);
      // Gone: a version of the module that does not have it has started since.
      if (lastTick === undefined) continue;
      const next = await this.moveOn(schedule, lastTick, now);
      if (next !== undefined) coming.push(next.getTime());
    }
    return coming.length === 0 ? undefined : Math.min(...coming);
  }

  /** Of ticks that nobody was there for, only the latest is placed. */
  private async moveOn(schedule: Schedule, lastTick: Date, now: number): Promise<Date | undefined> {
    const { ticks } = schedule;
    const next = ticks.after(lastTick);
    if (next === undefined || next.getTime() > now) return next;
    const latest = ticks.upTo(new Date(now)) ?? next;
    await this.place(schedule, lastTick, latest);
    return ticks.after(latest);
  }

  private async place({ name, task, inputAt }: Schedule, lastTick: Date, tick: Date): Promise<void> {
    const { database, unitOfWork, tasks } = this.on;
    await unitOfWork.run(async () => {
      const { rowCount } = await database.query(
        `UPDATE ${this.table} SET last_tick = $3 WHERE name = $1 AND last_tick = $2`,
        [name, lastTick, tick],
      );
      if (rowCount !== 1) return;
      await tasks.place(database.module, task, inputAt(tick), { id: tickId(database.module, name, tick) });
    });
  }
}
