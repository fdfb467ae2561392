import { TaskQueue, TaskTerms } from '@macrolith/core';
import type { Provider } from '@nestjs/common';
import { OutboxTaskQueue } from '../outbox/outbox-task-queue.js';
import { TaskConsumers } from '../relay/task-consumers.js';
import { Scheduler } from '../schedules/scheduler.js';
import { OutboxTasks } from './outbox-tasks.js';
import { ServedTaskTerms } from './served-task-terms.js';
import { TaskRules } from './task-rules.js';
import { TaskSlots } from './task-slots.js';
import { TaskSink } from './tasks.js';

/** What places tasks and has them done, however events travel. */
export const TASK_PROVIDERS: Provider[] = [
  TaskRules,
  TaskConsumers,
  TaskSlots,
  OutboxTaskQueue,
  { provide: TaskQueue, useExisting: OutboxTaskQueue },
  { provide: TaskSink, useClass: OutboxTasks },
  { provide: TaskTerms, useClass: ServedTaskTerms },
  Scheduler,
];

/** What modules ask for. */
export const TASK_EXPORTS = [TaskQueue, OutboxTaskQueue, TaskSink, TaskRules, TaskTerms];
