import { HANDOVER_TABLE, MIGRATIONS_TABLE } from '@macrolith/data/handover';
import { CannotBeMoved, MigrationsDiffer, TablesDiffer } from './preparation-errors.js';
import type { Side } from './side.js';

/** A table that moves: a partitioned one counts as a whole. */
export interface MovedTable {
  readonly name: string;
  /** All its columns, in the order of their names, which is the same on both sides. */
  readonly columns: readonly string[];
  /** Nothing tells its rows apart, so that a change or a deletion cannot be said of one. */
  readonly needsIdentity: boolean;
}

/** Each side keeps its own of these. */
export const KEPT_TABLES: readonly string[] = [MIGRATIONS_TABLE, HANDOVER_TABLE];

/** The tables of the module that move, by name. @throws CannotBeMoved */
export async function movedTables(side: Side): Promise<readonly MovedTable[]> {
  const { schema } = side.place;
  const stays = await side.rows<{ relation: string }>(UNMOVABLE, [schema]);
  if (stays.length > 0) throw new CannotBeMoved(stays.map(({ relation }) => relation));
  return side.rows<MovedTable>(TABLES, [schema, KEPT_TABLES]);
}

/** The module's sequences, but that of its migrations. */
export async function movedSequences(side: Side): Promise<readonly string[]> {
  const rows = await side.rows<{ name: string }>(SEQUENCES, [side.place.schema, KEPT_TABLES]);
  return rows.map(({ name }) => name);
}

/**
 * Both sides must be what the module's package makes of them: else rows would not fit, or fit and mean something else.
 * @throws MigrationsDiffer, TablesDiffer
 */
export async function refuseDifferences(source: Side, target: Side): Promise<void> {
  await refuseOtherMigrations(source);
  const [there, here] = await Promise.all([source, target].map(columnsOf));
  const differences = [
    ...[...there!]
      .filter(([column, type]) => here!.get(column) !== type)
      .map(([column, type]) => differenceText(column, type, here!)),
    ...[...here!].filter(([column]) => !there!.has(column)).map(([column]) => `${column} is at the target only`),
  ];
  if (differences.length > 0) throw new TablesDiffer(differences);
}

export async function refuseOtherMigrations(source: Side): Promise<void> {
  const { module, migrations } = source.place;
  const rows = await source.rows<{ name: string }>(`SELECT name FROM ${source.table(MIGRATIONS_TABLE)} ORDER BY id`);
  const ran = new Set(rows.map(({ name }) => name));
  const unknown = [...ran].filter((name) => !migrations.includes(name));
  const missing = migrations.filter((name) => !ran.has(name));
  if (unknown.length + missing.length > 0) throw new MigrationsDiffer(module, unknown, missing);
}

async function columnsOf(side: Side): Promise<ReadonlyMap<string, string>> {
  const rows = await side.rows<{ column: string; type: string }>(COLUMNS, [side.place.schema, KEPT_TABLES]);
  return new Map(rows.map(({ column, type }) => [column, type]));
}

function differenceText(column: string, type: string, target: ReadonlyMap<string, string>): string {
  const other = target.get(column);
  return other === undefined
    ? `${column} is at the source only`
    : `${column} is ${type} at the source and ${other} at the target`;
}

const MOVES = `relnamespace = to_regnamespace(quote_ident($1)) AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> ALL ($2::text[])`;

const TABLES = `
  SELECT relname AS name,
    (SELECT array_agg(attname::text ORDER BY attname COLLATE "C") FROM pg_attribute
      WHERE attrelid = class.oid AND attnum > 0 AND NOT attisdropped) AS columns,
    relreplident = 'n' OR relreplident = 'd' AND NOT EXISTS (
      SELECT FROM pg_index WHERE indrelid = class.oid AND indisprimary) AS "needsIdentity"
  FROM pg_class AS class WHERE ${MOVES} ORDER BY relname COLLATE "C"`;

const UNMOVABLE = `
  SELECT CASE relkind WHEN 'm' THEN 'the materialized view ' WHEN 'f' THEN 'the foreign table ' ELSE 'the unlogged table ' END
    || relnamespace::regnamespace || '.' || relname AS relation
  FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident($1))
    AND (relkind IN ('m', 'f') OR relkind IN ('r', 'p') AND relpersistence = 'u') ORDER BY relname`;

const SEQUENCES = `
  SELECT sequence.relname AS name FROM pg_class AS sequence
  WHERE sequence.relkind = 'S' AND sequence.relnamespace = to_regnamespace(quote_ident($1)) AND NOT EXISTS (
    SELECT FROM pg_depend JOIN pg_class AS owner ON owner.oid = refobjid
    WHERE objid = sequence.oid AND refclassid = 'pg_class'::regclass AND owner.relname = ANY ($2::text[]))
  ORDER BY sequence.relname COLLATE "C"`;

const COLUMNS = `
  SELECT relname || '.' || attname AS column, format_type(atttypid, atttypmod)
    || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
    || CASE attgenerated WHEN '' THEN '' ELSE ' GENERATED' END AS type
  FROM pg_attribute JOIN pg_class AS class ON class.oid = attrelid
  WHERE attnum > 0 AND NOT attisdropped AND ${MOVES} ORDER BY 1`;
