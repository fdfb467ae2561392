import { randomUUID } from 'node:crypto';
import { encodeInput, type Operation } from '@macrolith/contract';
import { TaskQueue } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { originOf } from '../log/origin.js';
import { OutboxWriter } from './outbox-writer.js';

/** When a queued task is to be done, and how urgent it is. */
export interface TaskTiming {
  /** Counted from the beginning of the transaction that queues it. */
  readonly delayMs?: number;
  readonly priority?: 'high' | 'normal' | 'low';
}

const PRIORITIES = { high: 1, normal: 0, low: -1 } as const;

/** Queues a task in the outbox of the module that asks for it, for the module that provides it. */
@Injectable()
export class OutboxTaskQueue extends TaskQueue {
  constructor(private readonly outbox: OutboxWriter) {
    super();
  }

  override async enqueue(from: string, operation: Operation<'task'>, input: unknown): Promise<void> {
    await this.enqueueAs(randomUUID(), from, operation, input, {});
  }

  /** The same under an id of the caller's choice, a UUID; a second task of the id is not queued. */
  async enqueueAs(
    id: string,
    from: string,
    operation: Operation<'task'>,
    input: unknown,
    { delayMs = 0, priority = 'normal' }: TaskTiming,
  ): Promise<void> {
    await this.outbox.write(from, {
      id,
      kind: 'task',
      source: `/${from}`,
      type: operation.id,
      // Tasks do not wait for each other.
      key: id,
      data: encodeInput(operation, input) ?? null,
      ...originOf(id),
      address: { consumer: operation.id, priority: PRIORITIES[priority], delayMs },
    });
  }
}
