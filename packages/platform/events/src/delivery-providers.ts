import { Database } from '@macrolith/data';
import type { Provider } from '@nestjs/common';
import { EventWriter } from './event-writer.js';
import { EventSink } from './events.js';
import { EventOperations } from './operations/event-operations.js';
import { logsOfShell } from './operations/logs-of-shell.js';
import { LogsElsewhere } from './operations/stories.js';
import { OutboxWriter } from './outbox/outbox-writer.js';
import { ProjectionKeeper } from './projection/projection-keeper.js';
import { ProjectionHost } from './projection/projections.js';
import { Delivery } from './relay/delivery.js';
import { OtherProcesses } from './relay/other-processes.js';
import { Relay } from './relay/relay.js';
import { RELAY_DEFAULTS, RELAY_OPTIONS, type RelayOptions } from './relay/relay-options.js';
import { RelaySignal } from './relay/relay-signal.js';
import { RelayedLogs } from './relay/relayed-logs.js';
import { Retention } from './retention/retention.js';
import { SubscriptionRegistry } from './subscription/subscription-registry.js';
import { TASK_EXPORTS, TASK_PROVIDERS } from './tasks/task-providers.js';

/** What hands messages over, however events travel. Whoever lists it also provides `RelayedLogs`. */
export const DELIVERY_PROVIDERS: Provider[] = [
  RelaySignal,
  OtherProcesses,
  SubscriptionRegistry,
  OutboxWriter,
  { provide: EventSink, useClass: EventWriter },
  ...TASK_PROVIDERS,
  Delivery,
  Relay,
  Retention,
  ProjectionKeeper,
  { provide: ProjectionHost, useExisting: ProjectionKeeper },
  {
    provide: EventOperations,
    inject: [RelayedLogs, Database, { token: LogsElsewhere, optional: true }],
    useFactory: (logs: RelayedLogs, database: Database, elsewhere?: LogsElsewhere) =>
      new EventOperations(logsOfShell(logs, database), elsewhere),
  },
];

/** What modules and the shell ask for. */
export const DELIVERY_EXPORTS = [
  ...TASK_EXPORTS,
  EventSink,
  Delivery,
  Relay,
  Retention,
  ProjectionHost,
  RelayedLogs,
  SubscriptionRegistry,
  EventOperations,
];

export function relayOptions(options: Partial<RelayOptions>): Provider {
  return { provide: RELAY_OPTIONS, useValue: { ...RELAY_DEFAULTS, ...options } satisfies RelayOptions };
}
