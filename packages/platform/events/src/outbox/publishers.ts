import type { InstalledModules } from '@macrolith/core';
import { type LogTables, outboxOf } from '../log/log-tables.js';
import { OutboxFeature } from './outbox-feature.js';

/** A module of this process that has an outbox. */
export interface Publisher {
  readonly module: string;
  readonly tables: LogTables;
}

export function publishersOf(installed: InstalledModules): readonly Publisher[] {
  return installed.all
    .filter(({ features }) => features.some((feature) => feature instanceof OutboxFeature))
    .map(({ manifest }) => ({ module: manifest.name, tables: outboxOf(manifest.schema) }));
}
