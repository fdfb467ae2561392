import pg, { type ClientBase } from 'pg';
import type { MovedTable } from './relations.js';
import type { Side } from './side.js';

/** What a table holds: how many rows, and a sum over them in which their order plays no part. */
export interface TableContents {
  readonly table: string;
  readonly rows: number;
  /** 32 hexadecimal digits. Rows that are there twice count twice. */
  readonly checksum: string;
}

/** A table as the two sides have it. */
export interface ComparedTable {
  readonly table: string;
  readonly source: TableContents;
  readonly target: TableContents;
}

export const isSame = ({ source, target }: ComparedTable) =>
  source.rows === target.rows && source.checksum === target.checksum;

/** Reads both sides, table by table, each over a connection whose transaction sees one moment. */
export async function compareContents(
  tables: readonly MovedTable[],
  [source, from]: readonly [Side, ClientBase],
  [target, to]: readonly [Side, ClientBase],
  compared: (table: ComparedTable) => void = () => {},
): Promise<readonly ComparedTable[]> {
  const all: ComparedTable[] = [];
  for (const table of tables) {
    const [there, here] = await Promise.all([contentsOf(source, from, table), contentsOf(target, to, table)]);
    const result = { table: `${source.place.schema}.${table.name}`, source: there, target: here };
    all.push(result);
    compared(result);
  }
  return all;
}

/** Each row is written as text and hashed; the halves of the hashes are added up, so that neither order nor storage matters. */
async function contentsOf(side: Side, client: ClientBase, { name, columns }: MovedTable): Promise<TableContents> {
  const row = `ROW(${columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`;
  const { rows } = await client.query<{ rows: string; high: string; low: string }>(
    `SELECT count(*) AS rows,
      coalesce(sum(('x' || left(hash, 16))::bit(64)::bigint), 0) AS high,
      coalesce(sum(('x' || right(hash, 16))::bit(64)::bigint), 0) AS low
    FROM (SELECT md5(${row}::text) AS hash FROM ${side.table(name)}) AS hashed`,
  );
  const [sums] = rows;
  const digits = (sum: string) => BigInt.asUintN(64, BigInt(sum)).toString(16).padStart(16, '0');
  return { table: name, rows: Number(sums!.rows), checksum: digits(sums!.high) + digits(sums!.low) };
}
