import { randomUUID } from 'node:crypto';
import { encodeInput, type Operation } from '@macrolith/contract';
import { currentContext, TaskQueue } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { OutboxWriter } from './outbox-writer.js';

/** Queues a task in the outbox of the module that asks for it, for the module that provides it. */
@Injectable()
export class OutboxTaskQueue extends TaskQueue {
  constructor(private readonly outbox: OutboxWriter) {
    super();
  }

  override enqueue(from: string, operation: Operation<'task'>, input: unknown): Promise<void> {
    const id = randomUUID();
    return this.outbox.write(from, {
      id,
      kind: 'task',
      source: `/${from}`,
      type: operation.id,
      // Tasks do not wait for each other.
      key: id,
      data: encodeInput(operation, input) ?? null,
      traceparent: currentContext().traceparent,
      consumers: [operation.module],
    });
  }
}
