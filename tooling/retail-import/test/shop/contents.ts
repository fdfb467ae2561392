import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/** Every row of a table as text, by the table's name. */
export type Contents = Readonly<Record<string, readonly string[]>>;

/** Every row of every table of every module, ids, times and all. Waits for what the shell still has to deliver. */
export async function contentsOf(administrator: pg.Client): Promise<Contents> {
  await everythingIsHeard(administrator);
  const tables = await tablesOf(administrator);
  return read(administrator, tables, (table) => `SELECT to_jsonb(row)::text AS text FROM ${table.name} AS row`);
}

/** Columns that tell of the run and not of the shop: how often something was tried, and in which call. */
const OF_ONE_RUN = ['attempts', 'promotions', 'input_digest', 'traceparent', 'correlation_id'];

/**
 * The same without what no two runs have in common: times, generated ids and how often a delivery was tried. What refers
 * to an order refers to its reference here.
 */
export async function comparableContentsOf(administrator: pg.Client): Promise<Contents> {
  await everythingIsHeard(administrator);
  const tables = await tablesOf(administrator);
  const { rows: orders } = await administrator.query<Record<string, string>>(
    'SELECT order_id, payment_id, reservation_id, reference FROM orders.order_header',
  );
  const names = new Map(
    orders.flatMap(({ order_id, payment_id, reservation_id, reference }) => [
      [order_id!, `order ${reference}`],
      [payment_id!, `payment of ${reference}`],
      [reservation_id!, `reservation of ${reference}`],
    ]),
  );
  const contents = await read(administrator, tables, ({ name, generated }) => {
    const columns = [...generated, ...OF_ONE_RUN].map((column) => `'${column}'`).join(', ');
    return `SELECT (to_jsonb(row) - ARRAY[${columns}]::text[])::text AS text FROM ${name} AS row`;
  });
  return Object.fromEntries(
    Object.entries(contents).map(([table, rows]) => [table, rows.map((row) => withoutChance(row, names)).sort()]),
  );
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const INSTANT = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?/g;

function withoutChance(row: string, names: ReadonlyMap<string, string>): string {
  return row.replace(UUID, (id) => names.get(id) ?? 'an id').replace(INSTANT, 'a time');
}

interface Table {
  readonly name: string;
  /** Columns that count up. */
  readonly generated: readonly string[];
}

async function tablesOf(administrator: pg.Client): Promise<readonly Table[]> {
  const { rows } = await administrator.query<Table>(`
    SELECT format('%I.%I', table_schema, table_name) AS name,
           coalesce(array_agg(column_name::text) FILTER (WHERE is_identity = 'YES' OR column_name = 'position'), '{}') AS generated
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
      AND table_name <> 'received_reader' -- Who reads, and until when: it changes while nothing happens.
    GROUP BY 1 ORDER BY 1`);
  return rows;
}

async function read(
  administrator: pg.Client,
  tables: readonly Table[],
  statement: (table: Table) => string,
): Promise<Contents> {
  const contents: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await administrator.query<{ text: string }>(`${statement(table)} ORDER BY 1`);
    contents[table.name] = rows.map(({ text }) => text);
  }
  return contents;
}

const PATIENCE_MS = 20_000;

/** Waits until whoever is told of something has heard it, and no read model is being built or still to note where it begins. */
export async function everythingIsHeard(administrator: pg.Client): Promise<void> {
  const tables = await tablesOf(administrator);
  const named = (ending: string) => tables.map(({ name }) => name).filter((name) => name.endsWith(ending));
  const onTheWay = named('.received').flatMap((received) =>
    named('.outbox').map(
      (outbox) => `SELECT count(*) FROM ${received}_consumer AS wanted JOIN ${outbox} AS said
        ON said.type LIKE wanted.event || '.v%' WHERE NOT EXISTS (SELECT FROM ${received} AS here WHERE here.id = said.id)`,
    ),
  );
  const open = [
    ...onTheWay,
    ...[...named('.delivery'), ...named('.received_delivery')].map(
      (name) => `SELECT count(*) FROM ${name} WHERE state <> 'done'`,
    ),
    ...named('.projection').map((name) => `SELECT count(*) FROM ${name} WHERE state = 'building' OR log_from IS NULL`),
  ];
  const givesUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await administrator.query<{ open: string }>(`SELECT (${open.join(') + (')}) AS open`);
    if (rows[0]!.open === '0') return;
    if (Date.now() > givesUpAt) throw new Error(`${rows[0]!.open} deliveries or projections are still open.`);
    await pause(50);
  }
}
