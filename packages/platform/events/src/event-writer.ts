import { randomUUID } from 'node:crypto';
import { type EventType, encodeEvent } from '@macrolith/contract';
import { currentContext } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { EventSink } from './events.js';
import { OutboxWriter } from './outbox/outbox-writer.js';
import { SubscriptionRegistry } from './subscription/subscription-registry.js';

/** Turns an event into an outbox message for everybody who subscribes to it. */
@Injectable()
export class EventWriter extends EventSink {
  constructor(
    private readonly outbox: OutboxWriter,
    private readonly subscriptions: SubscriptionRegistry,
  ) {
    super();
  }

  override write<Data>(module: string, type: EventType<Data>, data: Data): Promise<void> {
    return this.outbox.write(module, {
      id: randomUUID(),
      kind: 'event',
      source: `/${module}`,
      type: type.id,
      key: type.key(data),
      data: encodeEvent(type, data),
      traceparent: currentContext().traceparent,
      consumers: this.subscriptions.consumersOf(type.id),
    });
  }
}
