import type { ModuleFeature } from '@macrolith/core';
import type { Provider, Type } from '@nestjs/common';
import { inboxTables } from '../outbox/outbox-tables.js';

/** Lets a module hear events: `features: [database({…}), subscriptions([OrderMail])]`, where the class has `@On` methods. */
export function subscriptions(subscribers: readonly Type[]): SubscriptionsFeature {
  return new SubscriptionsFeature(subscribers);
}

export class SubscriptionsFeature implements ModuleFeature {
  readonly name = 'subscriptions';

  constructor(readonly subscribers: readonly Type[]) {}

  tables(schema: string): readonly string[] {
    return inboxTables(schema);
  }

  providers(): Provider[] {
    return [...this.subscribers];
  }
}
