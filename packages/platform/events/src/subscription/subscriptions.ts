import type { FeatureWithTables, PlatformMigration } from '@macrolith/data';
import type { Provider, Type } from '@nestjs/common';
import { inboxMigrations } from '../outbox/outbox-tables.js';

/** Lets a module hear events: `features: [database({…}), subscriptions([OrderMail])]`, where the class has `@On` methods. */
export function subscriptions(subscribers: readonly Type[]): SubscriptionsFeature {
  return new SubscriptionsFeature(subscribers);
}

export class SubscriptionsFeature implements FeatureWithTables {
  readonly name = 'subscriptions';

  constructor(readonly subscribers: readonly Type[]) {}

  platformMigrations(schema: string): readonly PlatformMigration[] {
    return inboxMigrations(schema);
  }

  providers(): Provider[] {
    return [...this.subscribers];
  }
}
