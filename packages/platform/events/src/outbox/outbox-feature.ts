import type { Manifest } from '@macrolith/core';
import type { FeatureWithTables, PlatformMigration } from '@macrolith/data';
import type { Provider } from '@nestjs/common';
import { EventSink, Events } from '../events.js';
import { TaskSink, Tasks } from '../tasks/tasks.js';
import { outboxMigrations } from './outbox-tables.js';

/** Lets a module publish its events (`Events`) and place tasks (a port's method, or `Tasks`): `features: [database({…}), outbox()]`. */
export function outbox(): OutboxFeature {
  return new OutboxFeature();
}

export class OutboxFeature implements FeatureWithTables {
  readonly name = 'outbox';

  platformMigrations(schema: string): readonly PlatformMigration[] {
    return outboxMigrations(schema);
  }

  providers(manifest: Manifest): Provider[] {
    return [
      { provide: Events, inject: [EventSink], useFactory: (sink: EventSink) => new Events(manifest, sink) },
      { provide: Tasks, inject: [TaskSink], useFactory: (sink: TaskSink) => new Tasks(manifest, sink) },
    ];
  }
}
