import type { EntityMetadata } from 'typeorm';
import { ForeignEntity } from '../errors/foreign-entity.js';

/** Refuses at start what would fail with 42501 at its first use. */
export function refuseForeignEntities(module: string, schema: string, entities: readonly EntityMetadata[]): void {
  const foreign = entities.find((entity) => entity.schema !== undefined && entity.schema !== schema);
  if (foreign !== undefined) throw new ForeignEntity(module, foreign.name, foreign.schema!);
}
