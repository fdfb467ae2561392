import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Claimed } from '../load/load.js';

/** What was looked at, and how much of it is wrong. */
export interface Check {
  readonly what: string;
  readonly lookedAt: number;
  readonly wrong: number;
  /** The first things that are wrong. */
  readonly examples: readonly string[];
}

const RECONCILE = readFileSync(new URL('../../../retail-import/sql/reconcile.sql', import.meta.url), 'utf8');
const EXAMPLES = 5;

/** How long nothing must have been owed: what is between a broker and its readers is in no table. */
const QUIET_MS = 3_000;

/**
 * Waits until nothing has been owed to anybody for a while and every run has ended. Throws what is still open when that takes
 * too long.
 */
export async function settled(databaseUrl: string, withinMs: number): Promise<void> {
  await connected(databaseUrl, async (administrator) => {
    const deliveries = await tablesCalled(administrator, ['delivery', 'received_delivery']);
    const runs = await tablesCalled(administrator, ['workflow_run']);
    const open = [
      ...deliveries.map((table) => `SELECT '${table}' AS place, consumer, failure FROM ${table} WHERE state = 'open'`),
      ...runs.map((table) => `SELECT '${table}' AS place, workflow, failure FROM ${table} WHERE closed_at IS NULL`),
    ];
    const givesUpAt = Date.now() + withinMs;
    let quietSince = Date.now();
    while (Date.now() - quietSince < QUIET_MS) {
      const { rows: unheard } = await administrator.query(
        `SELECT 'notebook' AS place, said FROM (SELECT coalesce(sum(said), 0) AS said FROM witness.topic) AS statements
        WHERE said > (SELECT count(*) FROM notebook.confirmed)`,
      );
      const { rows } = await administrator.query(`${open.join(' UNION ALL ')} LIMIT 10`);
      if (rows.length + unheard.length > 0) quietSince = Date.now();
      if (Date.now() > givesUpAt) {
        throw new Error(`Messages are still owed, or runs still open: ${JSON.stringify([...rows, ...unheard])}.`);
      }
      await pause(200);
    }
  });
}

/** Everything that must hold once all is settled, asked in SQL and knowing nothing of the code. */
export async function verify(databaseUrl: string, claimed: Claimed): Promise<readonly Check[]> {
  return connected(databaseUrl, async (administrator) => {
    const wrongRows = async (what: string, wrong: string, lookedAt: string): Promise<Check> => {
      const { rows } = await administrator.query<{ wrong: string }>(wrong);
      const { rows: all } = await administrator.query<{ count: number }>(
        `SELECT count(*)::integer AS count FROM ${lookedAt}`,
      );
      return {
        what,
        lookedAt: all[0]!.count,
        wrong: rows.length,
        examples: rows.slice(0, EXAMPLES).map((row) => JSON.stringify(row)),
      };
    };
    const tables = await tablesCalled(administrator, ['delivery', 'received_delivery']);
    return [
      await wrongRows(
        'everything that was said was heard once',
        `SELECT topic, number, count(heard.topic) FROM (
          SELECT topic, generate_series(1, said) AS number FROM witness.topic) AS statement
        LEFT JOIN notebook.heard USING (topic, number) GROUP BY topic, number HAVING count(heard.topic) <> 1`,
        'notebook.heard',
      ),
      await wrongRows(
        'and what followed from it was heard once',
        `SELECT topic, number, count(confirmed.topic) FROM notebook.heard LEFT JOIN notebook.confirmed USING (topic, number)
        GROUP BY topic, number HAVING count(confirmed.topic) <> 1`,
        'notebook.confirmed',
      ),
      ...(await Promise.all(
        ['heard', 'confirmed'].map((table) =>
          wrongRows(
            `the ${table} of each topic are in the order in which they were said`,
            `SELECT topic, number FROM (
              SELECT topic, number, lag(number, 1, 0) OVER (PARTITION BY topic ORDER BY id) AS before FROM notebook.${table}
            ) AS noted WHERE number <> before + 1`,
            `notebook.${table}`,
          ),
        ),
      )),
      await wrongRows(
        'no message is a dead letter',
        tables
          .map((table) => `SELECT '${table}' AS place, failure FROM ${table} WHERE state = 'dead'`)
          .join(' UNION ALL '),
        `(${tables.map((table) => `SELECT 1 FROM ${table}`).join(' UNION ALL ')}) AS deliveries`,
      ),
      await wrongRows(
        'every piece of news was queued once and told once',
        `SELECT message.id FROM orders.outbox AS message LEFT JOIN notifications.message AS told ON told.message_id = message.id
        WHERE message.kind = 'task' AND (told.message_id IS NULL OR told.status <> 'sent')`,
        'notifications.message',
      ),
      await whatWasAnswered(administrator, claimed),
      ...(await reconciled(administrator)),
    ];
  });
}

/** An answer is a promise: what the shop said it did is there, and each wish was fulfilled once. */
async function whatWasAnswered(administrator: pg.Client, claimed: Claimed): Promise<Check> {
  const { rows } = await administrator.query<{ reference: string; status: string }>(
    'SELECT reference, status FROM orders.order_header',
  );
  const there = new Map(rows.map(({ reference, status }) => [reference, status]));
  const { rows: topics } = await administrator.query<{ topic: string; said: number }>(
    'SELECT topic, said FROM witness.topic',
  );
  const said = new Map(topics.map((topic) => [topic.topic, topic.said]));
  const wrong = [
    ...[...claimed.orders].filter(([reference, status]) => !isPossible(status, there.get(reference))).map(String),
    ...[...claimed.said].filter(([topic, number]) => (said.get(topic) ?? 0) < number).map(String),
  ];
  return {
    what: 'what the callers were told is true',
    lookedAt: claimed.orders.size + claimed.said.size,
    wrong: wrong.length,
    examples: wrong.slice(0, EXAMPLES),
  };
}

/** The last wish of an order may have been carried out without its caller having heard of it. */
function isPossible(told: string, found: string | undefined): boolean {
  if (told === found) return true;
  return (told === 'placed' && found !== undefined) || (told === 'fulfilled' && found === 'cancelled');
}

async function reconciled(administrator: pg.Client): Promise<readonly Check[]> {
  const { rows } = await administrator.query<{ what: string; looked_at: number; wrong: number }>(RECONCILE);
  return rows.map(({ what, looked_at, wrong }) => ({ what, lookedAt: looked_at, wrong, examples: [] }));
}

async function tablesCalled(administrator: pg.Client, names: readonly string[]): Promise<readonly string[]> {
  const { rows } = await administrator.query<{ name: string }>(
    `SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE tablename = ANY ($1) ORDER BY 1`,
    [names],
  );
  return rows.map(({ name }) => name);
}

async function connected<T>(databaseUrl: string, work: (administrator: pg.Client) => Promise<T>): Promise<T> {
  const administrator = new pg.Client(databaseUrl);
  await administrator.connect();
  try {
    return await work(administrator);
  } finally {
    await administrator.end();
  }
}
