import type { Operation } from '@macrolith/contract';
import type { BackoffOptions, TaskRetry } from '@macrolith/core';
import type { FeatureWithTables, PlatformMigration } from '@macrolith/data';
import type { Provider } from '@nestjs/common';
import type { Schedule } from '../schedules/schedule.js';
import { taskMigrations } from './task-tables.js';

/** How many of a task may be at work at once, whatever the number of processes. */
export interface Limit {
  readonly rule: 'limit';
  readonly task: Operation<'task'>;
  readonly atOnce: number;
}

/** How often a task that fails is tried, and with which pauses. What is left out is as for everything else. */
export interface Retry extends TaskRetry {
  readonly rule: 'retry';
  readonly task: Operation<'task'>;
}

export type TaskRule = Limit | Retry | Schedule;

/**
 * At most `atOnce` of the task are at work at any moment, over all processes: for what a partner allows so many calls of.
 * A process that has been stopped for longer than its lease may still be at one more when it goes on.
 */
export function limit(task: Operation<'task', any, any, any>, atOnce: number): Limit {
  if (!Number.isSafeInteger(atOnce) || atOnce < 1)
    throw new RangeError(`The limit of ${task.id} is ${atOnce}. Use a whole number of at least 1.`);
  return Object.freeze({ rule: 'limit', task, atOnce });
}

/** How a task that fails is repeated: `retry(Notifications.op.send, { maxAttempts: 5, backoff: { firstMs: 500, maxMs: 60_000 } })`. */
export function retry(
  task: Operation<'task', any, any, any>,
  options: { readonly maxAttempts?: number; readonly backoff?: Partial<BackoffOptions> },
): Retry {
  const { maxAttempts = 1 } = options;
  if (!Number.isSafeInteger(maxAttempts) || maxAttempts < 1)
    throw new RangeError(`${task.id} is to be tried ${maxAttempts} times. Use a whole number of at least 1.`);
  return Object.freeze({ rule: 'retry', task, ...options });
}

/**
 * What a module wants of tasks: limits and retries of those that it provides, and schedules by which it places some:
 * `features: [database({…}), outbox(), tasks([limit(Notifications.op.send, 4), schedule('digest', {…})])]`.
 */
export function tasks(rules: readonly TaskRule[]): TasksFeature {
  return new TasksFeature(rules);
}

export class TasksFeature implements FeatureWithTables {
  readonly name = 'tasks';

  constructor(readonly rules: readonly TaskRule[]) {}

  platformMigrations(schema: string): readonly PlatformMigration[] {
    return taskMigrations(schema);
  }

  providers(): Provider[] {
    return [];
  }
}
