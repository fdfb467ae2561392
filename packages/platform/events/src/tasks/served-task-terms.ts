import { type TaskRetry, TaskTerms } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { TaskRules } from './task-rules.js';
import { TaskSlots } from './task-slots.js';

const UNLIMITED = Object.freeze({ end: async () => {} });

/** What the modules of this process say about tasks, for those whom other processes have done here. */
@Injectable()
export class ServedTaskTerms extends TaskTerms {
  constructor(
    private readonly rules: TaskRules,
    private readonly slots: TaskSlots,
  ) {
    super();
  }

  override async begin(task: string) {
    if (!this.slots.isLimited(task)) return UNLIMITED;
    const [slot] = await this.slots.acquire(task, 1);
    return slot && { end: () => this.slots.free(slot) };
  }

  override retryOf(task: string): TaskRetry | undefined {
    const rule = this.rules.retries.get(task);
    if (rule === undefined) return undefined;
    const { maxAttempts, backoff } = rule;
    return { ...(maxAttempts !== undefined && { maxAttempts }), ...(backoff !== undefined && { backoff }) };
  }
}
