/** Events that travel over NATS JetStream, and tasks that stay in PostgreSQL. */

import { InstalledModules, UnitOfWork } from '@macrolith/core';
import { Database } from '@macrolith/data';
import { EventNames, NatsConnectionModule, NatsConnections, NatsNames } from '@macrolith/nats-connection';
import { type DynamicModule, Module } from '@nestjs/common';
import { DELIVERY_EXPORTS, DELIVERY_PROVIDERS, relayOptions } from './delivery-providers.js';
import { Intake } from './nats/intake.js';
import { JetStreamLink } from './nats/jetstream-link.js';
import { JetStreamOutlet } from './nats/jetstream-outlet.js';
import { KnownModules } from './nats/known-modules.js';
import { NatsLogs } from './nats/nats-logs.js';
import { NATS_OPTIONS, type NatsEventsOptions, type NatsOptions, natsOptions } from './nats/nats-options.js';
import { NatsStories } from './nats/nats-stories.js';
import { logsOfShell } from './operations/logs-of-shell.js';
import { LogsElsewhere } from './operations/stories.js';
import { Outlet } from './relay/outlet.js';
import { RelayedLogs } from './relay/relayed-logs.js';
import { SubscriptionRegistry } from './subscription/subscription-registry.js';

/** Delivery in the shell, in place of that of `@macrolith/events/local`: `imports: [EventsModule.forRoot()]`. */
@Module({})
export class EventsModule {
  static forRoot(given: NatsEventsOptions = {}): DynamicModule {
    const { servers, system, stream, readAhead, natsPatienceMs, connection, ...relay } = given;
    const options = natsOptions({ servers, system, stream, readAhead, natsPatienceMs, connection });
    const names = new NatsNames(options.system).events;
    return {
      module: EventsModule,
      global: true,
      imports: [NatsConnectionModule],
      providers: [
        relayOptions(relay),
        { provide: NATS_OPTIONS, useValue: options satisfies NatsOptions },
        { provide: EventNames, useValue: names },
        {
          provide: NatsLogs,
          inject: [InstalledModules, Database, UnitOfWork, SubscriptionRegistry],
          useFactory: NatsLogs.register,
        },
        { provide: RelayedLogs, useExisting: NatsLogs },
        {
          provide: JetStreamLink,
          inject: [NatsConnections],
          useFactory: (connections: NatsConnections) => JetStreamLink.begin(connections, options, names),
        },
        {
          provide: Outlet,
          inject: [JetStreamLink],
          useFactory: (link: JetStreamLink) => new JetStreamOutlet(link, names),
        },
        Intake,
        KnownModules,
        {
          provide: LogsElsewhere,
          inject: [JetStreamLink, KnownModules, RelayedLogs, Database],
          useFactory: (link: JetStreamLink, modules: KnownModules, logs: RelayedLogs, database: Database) =>
            new NatsStories(link, names, modules, logsOfShell(logs, database)),
        },
        ...DELIVERY_PROVIDERS,
      ],
      exports: DELIVERY_EXPORTS,
    };
  }
}

export { IncompatibleStream } from './nats/incompatible-stream.js';
export type { NatsEventsOptions } from './nats/nats-options.js';
export { consumerOf } from './projection/generation.js';
export { ProjectionHost } from './projection/projections.js';
export { Delivery } from './relay/delivery.js';
export { Relay } from './relay/relay.js';
export type { RelayOptions } from './relay/relay-options.js';
export { type RelayedLog, RelayedLogs } from './relay/relayed-logs.js';
export { Retention } from './retention/retention.js';
export { type Subscription, SubscriptionRegistry } from './subscription/subscription-registry.js';
