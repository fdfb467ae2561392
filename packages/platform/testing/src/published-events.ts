import { type DataOf, decodeEvent, type EventType } from '@macrolith/contract';
import { InstalledModules } from '@macrolith/core';
import type { RunningModules } from './boot-module.js';

/** What a module has published so far, read from its outbox under its own role: committed events only, oldest first. */
export async function publishedEvents<E extends EventType<any>>(
  modules: RunningModules,
  event: E,
): Promise<DataOf<E>[]> {
  const declaration = modules.get(InstalledModules).find(event.module);
  if (declaration === undefined) {
    throw new Error(
      `'${event.module}' is not booted here, so it publishes nothing. Boot its module instead of its fake.`,
    );
  }
  const { rows } = await modules.database
    .of(event.module)
    .query<{ data: unknown }>(
      `SELECT data FROM ${declaration.manifest.schema}.outbox WHERE type = $1 ORDER BY position`,
      [event.id],
    );
  return rows.map((row) => decodeEvent(event, row.data));
}
