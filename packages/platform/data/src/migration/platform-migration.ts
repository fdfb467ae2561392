import type { ModuleFeature } from '@macrolith/core';

/**
 * A change of the tables that a platform package keeps in a module's schema. It runs as the schema's owner, in a
 * transaction, once per schema, before the module's own migrations.
 */
export interface PlatformMigration {
  /** Unique in the schema and never changed: `outbox-1`, `outbox-2`. */
  readonly name: string;
  readonly statements: readonly string[];
}

/** A module feature that keeps tables in the module's schema. It is recognised by the method. */
export interface FeatureWithTables extends ModuleFeature {
  /** All of them, oldest first. `schema` is a checked identifier that needs no quotes. */
  platformMigrations(schema: string): readonly PlatformMigration[];
}

export function hasTables(feature: ModuleFeature): feature is FeatureWithTables {
  return typeof (feature as Partial<FeatureWithTables>).platformMigrations === 'function';
}
