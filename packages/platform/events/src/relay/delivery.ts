import { randomBytes } from 'node:crypto';
import { decodeEvent, decodeInput, type Operation } from '@macrolith/contract';
import { context, InstalledModules, PlatformError, PortRegistry, UnitOfWork } from '@macrolith/core';
import { Database } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import type { DeliveredMessage } from '../outbox/message.js';
import { type Subscription, SubscriptionRegistry } from '../subscription/subscription-registry.js';

/** A stored message is addressed to somebody whom this process does not have. */
export class ConsumerMissing extends PlatformError {
  readonly code = 'macrolith.consumer-missing';
  constructor(
    readonly consumer: string,
    readonly type: string,
  ) {
    super(
      `Nothing here takes ${type} for '${consumer}'. Install the module that does, or put the renamed method's old name back: ` +
        'the message waits for it and is tried again.',
    );
  }
}

/** Hands one message to its consumer, in the trace that it was written in. */
@Injectable()
export class Delivery {
  private readonly tasks: ReadonlyMap<string, Operation>;

  constructor(
    installed: InstalledModules,
    private readonly ports: PortRegistry,
    private readonly subscriptions: SubscriptionRegistry,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.tasks = new Map(
      installed.all
        // A port that is only used here may be provided by something that is no installed module, such as a fake.
        .flatMap(({ manifest }) => [manifest.port, ...manifest.uses])
        .flatMap((port) => Object.values<Operation>(port.contract.operations))
        .filter((operation) => operation.kind === 'task')
        .map((operation) => [operation.id, operation]),
    );
  }

  /**
   * Runs the consumer until it ends. Its context is the message's alone: nothing of the call that happened to wake the
   * relay is in it.
   */
  async deliver(message: DeliveredMessage, deadlineAt: number): Promise<void> {
    const own = { messageId: message.id, deadlineAt, traceparent: childOf(message.traceparent) };
    await context.run(own, () => (message.kind === 'task' ? this.perform(message) : this.tell(message)));
  }

  /** A task may act outside the database, so no transaction is held open around it. `messageId` tells a repetition apart. */
  private async perform(message: DeliveredMessage): Promise<void> {
    const operation = this.tasks.get(message.type);
    const provider = this.ports.providerOf(message.consumer);
    if (operation === undefined || provider === undefined) throw new ConsumerMissing(message.consumer, message.type);
    await provider[operation.name]!(decodeInput(operation, message.data ?? undefined));
  }

  /** Effect and inbox row are one transaction: whatever is handed over twice acts once. */
  private async tell(message: DeliveredMessage): Promise<void> {
    const subscription = this.subscriptions.find(message.consumer);
    if (subscription === undefined) throw new ConsumerMissing(message.consumer, message.type);
    const data = decodeEvent(subscription.event, message.data);
    await this.unitOfWork.run(async () => {
      if (await this.isFirst(subscription, message)) await subscription.handle(data);
    });
  }

  private async isFirst({ module, consumer }: Subscription, { id }: DeliveredMessage): Promise<boolean> {
    const database = this.database.of(module);
    const { rowCount } = await database.query(
      `INSERT INTO ${database.schema}.inbox (consumer, message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [consumer, id],
    );
    return rowCount === 1;
  }
}

/** The same trace and sampling decision with a new span; a new trace, not sampled, where none was stored. */
function childOf(traceparent: string | undefined): string {
  const [, trace = randomBytes(16).toString('hex'), , flags = '00'] = traceparent?.split('-') ?? [];
  return `00-${trace}-${randomBytes(8).toString('hex')}-${flags}`;
}
