/** Events and tasks that stay in this process and in PostgreSQL. */

import { EventsInDatabase, InstalledModules, UnitOfWork } from '@macrolith/core';
import { Database } from '@macrolith/data';
import { type DynamicModule, Module } from '@nestjs/common';
import { DELIVERY_EXPORTS, DELIVERY_PROVIDERS, relayOptions } from './delivery-providers.js';
import { LocalLogs } from './relay/local-logs.js';
import type { RelayOptions } from './relay/relay-options.js';
import { RelayedLogs } from './relay/relayed-logs.js';
import { SubscriptionRegistry } from './subscription/subscription-registry.js';

/** Delivery in the shell: `imports: [EventsModule.forRoot()]`, beside the DatabaseModule. */
@Module({})
export class EventsModule {
  static forRoot(options: Partial<RelayOptions> = {}): DynamicModule {
    return {
      module: EventsModule,
      global: true,
      providers: [
        relayOptions(options),
        {
          provide: RelayedLogs,
          inject: [InstalledModules, Database, UnitOfWork, SubscriptionRegistry],
          useFactory: LocalLogs.register,
        },
        { provide: EventsInDatabase, useExisting: RelayedLogs },
        ...DELIVERY_PROVIDERS,
      ],
      exports: [...DELIVERY_EXPORTS, EventsInDatabase],
    };
  }
}

export { consumerOf } from './projection/generation.js';
export { ProjectionHost } from './projection/projections.js';
export { Delivery } from './relay/delivery.js';
export { Relay } from './relay/relay.js';
export type { RelayOptions } from './relay/relay-options.js';
export { type RelayedLog, RelayedLogs } from './relay/relayed-logs.js';
export { Retention } from './retention/retention.js';
export { type Subscription, SubscriptionRegistry } from './subscription/subscription-registry.js';
