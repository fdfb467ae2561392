/** Events and tasks that stay in this process and in PostgreSQL. */

import { InstalledModules, TaskQueue, UnitOfWork } from '@macrolith/core';
import { Database } from '@macrolith/data';
import { type DynamicModule, Module } from '@nestjs/common';
import { EventWriter } from './event-writer.js';
import { EventSink } from './events.js';
import { OutboxTaskQueue } from './outbox/outbox-task-queue.js';
import { OutboxWriter } from './outbox/outbox-writer.js';
import { Delivery } from './relay/delivery.js';
import { LocalLogs } from './relay/local-logs.js';
import { OtherProcesses } from './relay/other-processes.js';
import { Relay } from './relay/relay.js';
import { RELAY_DEFAULTS, RELAY_OPTIONS, type RelayOptions } from './relay/relay-options.js';
import { RelaySignal } from './relay/relay-signal.js';
import { RelayedLogs } from './relay/relayed-logs.js';
import { TaskConsumers } from './relay/task-consumers.js';
import { Retention } from './retention/retention.js';
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
        OtherProcesses,
        SubscriptionRegistry,
        TaskConsumers,
        {
          provide: RelayedLogs,
          inject: [InstalledModules, Database, UnitOfWork, SubscriptionRegistry],
          useFactory: LocalLogs.register,
        },
        OutboxWriter,
        { provide: EventSink, useClass: EventWriter },
        OutboxTaskQueue,
        { provide: TaskQueue, useExisting: OutboxTaskQueue },
        Delivery,
        Relay,
        Retention,
      ],
      exports: [TaskQueue, OutboxTaskQueue, EventSink, Delivery, Relay, Retention, RelayedLogs, SubscriptionRegistry],
    };
  }
}

export { Delivery } from './relay/delivery.js';
export { Relay } from './relay/relay.js';
export type { RelayOptions } from './relay/relay-options.js';
export { Retention } from './retention/retention.js';
export { SubscriptionRegistry } from './subscription/subscription-registry.js';
