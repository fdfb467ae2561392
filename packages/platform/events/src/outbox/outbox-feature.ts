import type { Manifest, ModuleFeature } from '@macrolith/core';
import type { Provider } from '@nestjs/common';
import { EventSink, Events } from '../events.js';
import { outboxTables } from './outbox-tables.js';

/** Lets a module publish its events and queue tasks: `features: [database({…}), outbox()]`. */
export function outbox(): OutboxFeature {
  return new OutboxFeature();
}

export class OutboxFeature implements ModuleFeature {
  readonly name = 'outbox';

  tables(schema: string): readonly string[] {
    return outboxTables(schema);
  }

  providers(manifest: Manifest): Provider[] {
    return [{ provide: Events, inject: [EventSink], useFactory: (sink: EventSink) => new Events(manifest, sink) }];
  }
}
