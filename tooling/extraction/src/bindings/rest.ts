import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/** What a broker has and no reader yet is in no table: only quiet tells that there is nothing. */
const QUIET_MS = 1_000;
const LOOK_EVERY_MS = 100;

interface Owed {
  readonly place: string;
  readonly owed: string;
}

/**
 * Waits until nothing is owed to anybody any more: events are heard, tasks are done, runs have ended, figures are up to date.
 *
 * @throws Error with what is still owed when that takes too long
 */
export async function atRest(administrator: pg.Client, withinMs: number): Promise<void> {
  const statement = (await whatMayBeOwed(administrator)).join(' UNION ALL ');
  const givesUpAt = Date.now() + withinMs;
  let quietSince = Date.now();
  while (Date.now() - quietSince < QUIET_MS) {
    const { rows } = await administrator.query<Owed>(`SELECT * FROM (${statement}) AS all_places WHERE owed > 0`);
    if (rows.length > 0) quietSince = Date.now();
    if (Date.now() > givesUpAt) throw new Error(`The shop does not come to rest: ${JSON.stringify(rows)}`);
    await pause(LOOK_EVERY_MS);
  }
}

async function whatMayBeOwed(administrator: pg.Client): Promise<string[]> {
  const { rows } = await administrator.query<{ schema: string; name: string }>(
    `SELECT schemaname AS schema, tablename AS name FROM pg_tables ORDER BY 1, 2`,
  );
  const called = (name: string) => rows.filter((table) => table.name === name).map(({ schema }) => `${schema}.${name}`);
  const counting = (table: string, where: string) =>
    `SELECT '${table}' AS place, count(*) AS owed FROM ${table} WHERE ${where}`;
  return [
    ...[...called('delivery'), ...called('received_delivery')].map((table) => counting(table, `state <> 'done'`)),
    ...called('workflow_run').map((table) => counting(table, 'closed_at IS NULL')),
    ...called('projection').map((table) => counting(table, `state = 'building' OR log_from IS NULL`)),
    // What was said, and has not arrived where somebody wants to hear it.
    ...called('received').flatMap((received) =>
      called('outbox').map(
        (outbox) => `SELECT '${outbox} in ${received}', count(*)
          FROM ${received}_consumer AS wanted JOIN ${outbox} AS said ON said.type LIKE wanted.event || '.v%'
          WHERE NOT EXISTS (SELECT FROM ${received} AS here WHERE here.id = said.id)`,
      ),
    ),
  ];
}
