import { HANDOVER_TABLE } from '@macrolith/data/handover';
import pg from 'pg';
import type { MovedTable } from './relations.js';
import type { Side } from './side.js';

const ROWS = 'INSERT, UPDATE, DELETE, TRUNCATE';

/**
 * Closes the schema. The role that the module runs as keeps no right at all, so that a process which somebody forgot neither
 * writes nor answers from old rows. The owner, under whom migrations and `macro events` work, may still read. Runs as the owner,
 * who alone can give it back.
 */
export function fenceStatements(source: Side): readonly string[] {
  const { schema, place } = source;
  const [owner, runtime] = [place.owner, place.runtime].map(pg.escapeIdentifier);
  return [
    `REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${runtime}`,
    `REVOKE ALL ON ALL SEQUENCES IN SCHEMA ${schema} FROM ${runtime}`,
    `REVOKE ${ROWS} ON ALL TABLES IN SCHEMA ${schema} FROM ${owner}`,
    `REVOKE USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} FROM ${owner}`,
    `REVOKE CREATE ON SCHEMA ${schema} FROM ${owner}`,
    `GRANT ALL ON ${source.table(HANDOVER_TABLE)} TO ${owner}`,
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
