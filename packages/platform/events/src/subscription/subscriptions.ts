import type { EventType } from '@macrolith/contract';
import type { Manifest } from '@macrolith/core';
import type { FeatureWithTables, PlatformMigration } from '@macrolith/data';
import type { Provider, Type } from '@nestjs/common';
import { inboxMigrations } from '../outbox/outbox-tables.js';
import { projectionOf } from '../projection/projection.js';
import { projectionMigrations } from '../projection/projection-tables.js';
import { ProjectionHost, Projections } from '../projection/projections.js';
import { receivedMigrations } from '../received/received-tables.js';
import { handlersOf } from './on.js';
import { oldestReadWith } from './upcast.js';

/** Lets a module hear events: `features: [database({…}), subscriptions([OrderMail])]`, where the class has `@On` methods. */
export function subscriptions(subscribers: readonly Type[]): SubscriptionsFeature {
  return new SubscriptionsFeature(subscribers);
}

export class SubscriptionsFeature implements FeatureWithTables {
  readonly name = 'subscriptions';

  constructor(readonly subscribers: readonly Type[]) {}

  get hears(): readonly EventType[] {
    return this.subscribers.flatMap(handlersOf).map(({ event }) => event);
  }

  oldestRead(event: EventType): number {
    const handlers = this.subscribers.flatMap(handlersOf).filter((handler) => handler.event === event);
    // All who hear it have to.
    return Math.max(...handlers.map(({ options }) => oldestReadWith(options.upcasters ?? [], event.version)));
  }

  platformMigrations(schema: string): readonly PlatformMigration[] {
    return [
      ...inboxMigrations(schema),
      ...receivedMigrations(schema),
      ...(this.projects ? projectionMigrations(schema) : []),
    ];
  }

  providers(manifest: Manifest): Provider[] {
    return [...this.subscribers, ...(this.projects ? [projectionsOf(manifest)] : [])];
  }

  /** Whether one of the subscribers is a projection. */
  private get projects(): boolean {
    return this.subscribers.some((subscriber) => projectionOf(subscriber) !== undefined);
  }
}

function projectionsOf(manifest: Manifest): Provider {
  return {
    provide: Projections,
    inject: [ProjectionHost],
    useFactory: (host: ProjectionHost) => new Projections(manifest, host),
  };
}
