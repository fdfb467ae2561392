import { randomUUID } from 'node:crypto';
import { decodeInput, encodeInput, type Operation } from '@macrolith/contract';
import { Clock, currentContext } from '@macrolith/core';
import { Database } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { OutboxTaskQueue } from '../outbox/outbox-task-queue.js';
import { InvalidTask } from './invalid-task.js';
import { cancelStatement, stateStatement } from './task-statements.js';
import { type CancelOptions, type CancelOutcome, type TaskOptions, TaskSink } from './tasks.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Tasks wait in the outbox of the module that places them. */
@Injectable()
export class OutboxTasks extends TaskSink {
  constructor(
    private readonly queue: OutboxTaskQueue,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async place<In>(
    from: string,
    task: Operation<'task', In>,
    input: In,
    options: TaskOptions,
  ): Promise<string> {
    const { id = randomUUID(), priority = 'normal' } = options;
    if (!UUID.test(id)) throw new InvalidTask(task.id, `its id '${id}' is no UUID.`);
    const delayMs = this.delayOf(task, options);
    // Checked now, while the caller can still be told.
    const checked = decodeInput(task, encodeInput(task, input));
    await this.queue.enqueueAs(id, from, task, checked, { delayMs, priority });
    return id;
  }

  override async cancel(from: string, id: string, { why, who }: CancelOptions): Promise<CancelOutcome> {
    if (!UUID.test(id)) return 'unknown';
    const database = this.database.of(from);
    const by = who ?? currentContext().principal?.id ?? from;
    const cancelled = await database.query(cancelStatement(database.schema), [id, by, why]);
    if (cancelled.rowCount !== 0) return 'cancelled';
    const { rows } = await database.query<{ state: string }>(stateStatement(database.schema), [id]);
    const state = rows[0]?.state ?? 'unknown';
    return state === 'open' ? 'begun' : (state as CancelOutcome);
  }

  private delayOf(task: Operation, { delayMs, at }: TaskOptions): number {
    if (delayMs !== undefined && at !== undefined)
      throw new InvalidTask(task.id, 'it has both delayMs and at. Say one of them.');
    const delay = at === undefined ? (delayMs ?? 0) : Math.max(0, at.getTime() - this.clock.now());
    if (!Number.isFinite(delay) || delay < 0) throw new InvalidTask(task.id, `${at ?? delayMs} is no moment to come.`);
    return delay;
  }
}
