import { decodeInput } from '@macrolith/contract';
import { context, follow, newTraceparent, PlatformError, UnitOfWork, type Work, workHook } from '@macrolith/core';
import { Database } from '@macrolith/data';
import { Injectable, Optional } from '@nestjs/common';
import { type DeliveredMessage, envelopeOf } from '../log/message.js';
import { GENERATION_MARK } from '../projection/generation.js';
import { type Subscription, SubscriptionRegistry } from '../subscription/subscription-registry.js';
import { dataInKnownVersion } from '../subscription/upcast.js';
import { Outlet, OutletClosed } from './outlet.js';
import { TaskConsumers } from './task-consumers.js';

/** A stored message is addressed to somebody whom this process does not have. */
export class ConsumerMissing extends PlatformError {
  readonly code = 'macrolith.consumer-missing';
  constructor(
    readonly consumer: string,
    readonly type: string,
  ) {
    super(
      `Nothing here takes ${type} for '${consumer}'. Install the module that does, or put the renamed method's old name back: ` +
        'the message is held until then.',
    );
  }
}

/** Hands one message to its consumer, in the trace that it was written in. */
@Injectable()
export class Delivery {
  constructor(
    private readonly tasks: TaskConsumers,
    private readonly subscriptions: SubscriptionRegistry,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    @Optional() private readonly outlet?: Outlet,
  ) {}

  /**
   * Runs the consumer until it ends. Its context is the message's alone: nothing of the call that happened to wake the
   * relay is in it.
   */
  async deliver(message: DeliveredMessage, deadlineAt: number): Promise<void> {
    if (message.consumer === this.outlet?.consumer) return this.send(this.outlet, message);
    const { id: messageId, correlationId, traceparent = newTraceparent(), tracestate } = message;
    await follow(
      () => workOf(message),
      (changes) => {
        const state = tracestate === undefined ? {} : { tracestate };
        const own = { messageId, correlationId, deadlineAt, traceparent, ...state, ...changes };
        return context.run(own, () => (message.kind === 'task' ? this.perform(message) : this.tell(message)));
      },
    );
  }

  /** Leaving is no work of a consumer: only what could not leave is told of. */
  private async send(outlet: Outlet, message: DeliveredMessage): Promise<void> {
    try {
      await outlet.send(message);
    } catch (error) {
      if (error instanceof OutletClosed) {
        workHook.current?.({ kind: 'kept-message', outlet: error.outlet, type: message.type, reason: error.reason });
      }
      throw error;
    }
  }

  /** A task may act outside the database, so no transaction is held open around it. `messageId` tells a repetition apart. */
  private async perform(message: DeliveredMessage): Promise<void> {
    const task = this.tasks.find(message.type, message.source.slice(1));
    if (task === undefined) throw new ConsumerMissing(message.consumer, message.type);
    await task.run(decodeInput(task.operation, message.data ?? undefined));
  }

  /** Effect and inbox row are one transaction: whatever is handed over twice acts once. */
  private async tell(message: DeliveredMessage): Promise<void> {
    const subscription = this.subscriptions.find(message.consumer);
    if (subscription === undefined) throw new ConsumerMissing(message.consumer, message.type);
    const { event, upcasters } = subscription;
    const data = dataInKnownVersion(message.consumer, event, upcasters, message.type, message.data);
    await this.unitOfWork.run(async () => {
      if (await this.isFirst(subscription, message)) await subscription.handle(data, envelopeOf(message));
    });
  }

  private async isFirst({ module }: Subscription, { consumer, id, round }: DeliveredMessage): Promise<boolean> {
    const database = this.database.of(module);
    const { rowCount } = await database.query(
      `INSERT INTO ${database.schema}.inbox (consumer, message_id, round) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [consumer, id, round],
    );
    return rowCount === 1;
  }
}

function workOf({ kind, consumer, type, id, attempt, time, traceparent }: DeliveredMessage): Work {
  return {
    kind: 'message',
    message: kind,
    // Whichever generation of a projection hears it: it is one handler.
    consumer: consumer.split(GENERATION_MARK, 1)[0]!,
    type,
    messageId: id,
    attempt,
    writtenAt: time,
    traceparent,
  };
}
