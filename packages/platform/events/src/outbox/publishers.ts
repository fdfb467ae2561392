import type { InstalledModules } from '@macrolith/core';
import { OutboxFeature } from './outbox-feature.js';
import { type OutboxStatements, outboxStatements } from './outbox-statements.js';

/** A module of this process that has an outbox. */
export interface Publisher {
  readonly module: string;
  readonly statements: OutboxStatements;
}

export function publishersOf(installed: InstalledModules): readonly Publisher[] {
  return installed.all
    .filter(({ features }) => features.some((feature) => feature instanceof OutboxFeature))
    .map(({ manifest }) => ({ module: manifest.name, statements: outboxStatements(manifest.schema) }));
}
