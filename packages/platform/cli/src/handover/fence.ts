import { HANDOVER_TABLE } from '@macrolith/data/handover';
import pg from 'pg';
import type { MovedTable } from './relations.js';
import type { Side } from './side.js';

const ROWS = 'INSERT, UPDATE, DELETE, TRUNCATE';

/**
 * Takes every right to change anything in the schema from the role that the module runs as, and from the owner, under whom
 * migrations and `macro events` work. Reading stays. Runs as the owner, who alone can give it back.
 */
export function fenceStatements(source: Side): readonly string[] {
  const { schema, place } = source;
  const self = pg.escapeIdentifier(place.owner);
  const both = `${self}, ${pg.escapeIdentifier(place.runtime)}`;
  return [
    `REVOKE ${ROWS} ON ALL TABLES IN SCHEMA ${schema} FROM ${both}`,
    `REVOKE USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} FROM ${both}`,
    `REVOKE CREATE ON SCHEMA ${schema} FROM ${self}`,
    `GRANT ALL ON ${source.table(HANDOVER_TABLE)} TO ${self}`,
  ];
}

/** Nobody who serves the module may write to the target while it is filled. Replication writes as the owner. */
export function closeTargetStatements(target: Side, tables: readonly MovedTable[]): readonly string[] {
  return tables.map(
    ({ name }) => `REVOKE ${ROWS} ON ${target.table(name)} FROM ${pg.escapeIdentifier(target.place.runtime)}`,
  );
}

/** The rights that the module has where it lives. */
export function openTargetStatements(target: Side, tables: readonly MovedTable[]): readonly string[] {
  const runtime = pg.escapeIdentifier(target.place.runtime);
  return tables.map(({ name }) => `GRANT INSERT, UPDATE, DELETE ON ${target.table(name)} TO ${runtime}`);
}
