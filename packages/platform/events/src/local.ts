/** Events and tasks that stay in this process and in PostgreSQL. */

import { TaskQueue } from '@macrolith/core';
import { type DynamicModule, Module } from '@nestjs/common';
import { EventWriter } from './event-writer.js';
import { EventSink } from './events.js';
import { OutboxTaskQueue } from './outbox/outbox-task-queue.js';
import { OutboxWriter } from './outbox/outbox-writer.js';
import { Delivery } from './relay/delivery.js';
import { Relay } from './relay/relay.js';
import { RELAY_DEFAULTS, RELAY_OPTIONS, type RelayOptions } from './relay/relay-options.js';
import { RelaySignal } from './relay/relay-signal.js';
import { SubscriptionRegistry } from './subscription/subscription-registry.js';

/** Delivery in the shell: `imports: [EventsModule.forRoot()]`, beside the DatabaseModule. */
@Module({})
export class EventsModule {
  static forRoot(options: Partial<RelayOptions> = {}): DynamicModule {
    return {
      module: EventsModule,
      global: true,
      providers: [
        { provide: RELAY_OPTIONS, useValue: { ...RELAY_DEFAULTS, ...options } satisfies RelayOptions },
        RelaySignal,
        SubscriptionRegistry,
        OutboxWriter,
        { provide: EventSink, useClass: EventWriter },
        { provide: TaskQueue, useClass: OutboxTaskQueue },
        Delivery,
        Relay,
      ],
      exports: [TaskQueue, EventSink, Delivery, SubscriptionRegistry],
    };
  }
}

export { Delivery } from './relay/delivery.js';
export type { RelayOptions } from './relay/relay-options.js';
export { SubscriptionRegistry } from './subscription/subscription-registry.js';
