/** Events and tasks that stay in this process and in PostgreSQL. */

import { InstalledModules, UnitOfWork } from '@macrolith/core';
import { Database } from '@macrolith/data';
import { type DynamicModule, Module } from '@nestjs/common';
import { EventWriter } from './event-writer.js';
import { EventSink } from './events.js';
import { EventOperations } from './operations/event-operations.js';
import { logsOfShell } from './operations/logs-of-shell.js';
import { OutboxWriter } from './outbox/outbox-writer.js';
import { Delivery } from './relay/delivery.js';
import { LocalLogs } from './relay/local-logs.js';
import { OtherProcesses } from './relay/other-processes.js';
import { Relay } from './relay/relay.js';
import { RELAY_DEFAULTS, RELAY_OPTIONS, type RelayOptions } from './relay/relay-options.js';
import { RelaySignal } from './relay/relay-signal.js';
import { RelayedLogs } from './relay/relayed-logs.js';
import { Retention } from './retention/retention.js';
import { SubscriptionRegistry } from './subscription/subscription-registry.js';
import { TASK_EXPORTS, TASK_PROVIDERS } from './tasks/task-providers.js';

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
        {
          provide: RelayedLogs,
          inject: [InstalledModules, Database, UnitOfWork, SubscriptionRegistry],
          useFactory: LocalLogs.register,
        },
        OutboxWriter,
        { provide: EventSink, useClass: EventWriter },
        ...TASK_PROVIDERS,
        Delivery,
        Relay,
        Retention,
        {
          provide: EventOperations,
          inject: [RelayedLogs, Database],
          useFactory: (logs: RelayedLogs, database: Database) => new EventOperations(logsOfShell(logs, database)),
        },
      ],
      exports: [
        ...TASK_EXPORTS,
        EventSink,
        Delivery,
        Relay,
        Retention,
        RelayedLogs,
        SubscriptionRegistry,
        EventOperations,
      ],
    };
  }
}

export { Delivery } from './relay/delivery.js';
export { Relay } from './relay/relay.js';
export type { RelayOptions } from './relay/relay-options.js';
export { type RelayedLog, RelayedLogs } from './relay/relayed-logs.js';
export { Retention } from './retention/retention.js';
export { SubscriptionRegistry } from './subscription/subscription-registry.js';
