import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import pg from 'pg';
import { outboxOf } from '../src/log/log-tables.js';
import { deliveryStatements } from '../src/relay/delivery-statements.js';
import { archive, gazette, type Process, Processes } from './gazette.js';

const press = gazette();
const modules = [press.GazetteModule, archive(['file', press.Gazette.event.issued])];
const statements = deliveryStatements(outboxOf('gazette'));

const [positions, consumers, attempts] = [['3000'], ['archive.file'], [1]];
const LEASE_SECONDS = 10;
/** What runs all the time, with values. */
const hot: readonly (readonly [name: keyof typeof statements, values: readonly unknown[]])[] = [
  ['claim', [consumers, [8], 8, LEASE_SECONDS, 4]],
  ['claimNewest', [consumers, [8], 8, LEASE_SECONDS, 4]],
  ['close', [positions, consumers, attempts]],
  ['advance', [consumers, ['key 0'], [true], LEASE_SECONDS]],
  ['renew', [positions, consumers, attempts, LEASE_SECONDS]],
  ['nextDue', [consumers]],
  ['unpark', [consumers]],
];

let database: TestDatabase;
let processes: Processes;
let process: Process;
let outside: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  processes = new Processes(database.url);
  process = await processes.start(modules, { enabled: false });
  outside = new pg.Client(database.url);
  await outside.connect();
});
afterAll(async () => {
  await outside.end();
  await processes.end();
  await database.drop();
});

/** 3,000 deliveries, in so many keys, with the last few open. */
async function fill(keys: number, open: number): Promise<void> {
  await outside.query('TRUNCATE gazette.outbox, gazette.delivery RESTART IDENTITY CASCADE');
  await outside.query(`INSERT INTO gazette.outbox (id, kind, source, type, key, data, correlation_id)
    SELECT gen_random_uuid(), 'event', '/gazette', 'gazette.issued.v1', 'key ' || nth % ${keys}, '{}', ''
    FROM generate_series(1, 3000) AS nth`);
  await outside.query(`INSERT INTO gazette.delivery (position, consumer, key, state)
    SELECT position, 'archive.file', key, CASE WHEN position > 3000 - ${open} THEN 'open' ELSE 'done' END
    FROM gazette.outbox`);
}

/** How PostgreSQL goes about a statement, as the relay has it planned: one line for each access to the deliveries. */
async function accessesOf(statement: string, values: readonly unknown[]): Promise<readonly string[]> {
  const { rows } = await process.database.of('gazette').queryByIndexes(`EXPLAIN ${statement}`, values);
  const lines = rows.map((row) => String(row['QUERY PLAN']));
  return lines.flatMap((line, index) =>
    /(Scan|Scan Backward) (using \w+ )?on delivery/.test(line) ? [`${line.trim()} ${lines[index + 1]?.trim()}`] : [],
  );
}

const situations: readonly (readonly [name: string, arrange: () => Promise<unknown>])[] = [
  ['that were never analysed', async () => {}],
  ['of a single key', () => fill(1, 1_500).then(() => outside.query('ANALYZE gazette.delivery, gazette.outbox'))],
  ['where all is done', () => fill(1, 0).then(() => outside.query('ANALYZE gazette.delivery, gazette.outbox'))],
  ['of a key each', () => fill(3_000, 3_000).then(() => outside.query('ANALYZE gazette.delivery, gazette.outbox'))],
];

describe.each(situations)('with deliveries %s', (_, arrange) => {
  beforeAll(async () => {
    await arrange();
  });

  test.each(hot)('%s reads no more of them than it needs', async (name, values) => {
    const accesses = await accessesOf(statements[name], values);
    expect(accesses.length).toBeGreaterThan(0);
    for (const access of accesses) {
      // The primary key is for rows whose position is known; otherwise it leads through all that was ever closed.
      if (access.includes('delivery_pkey')) expect(access).toMatch(/"?position"? = /);
      // What is open is found by what it is due for, or by its key.
      else expect(access).toMatch(/using delivery_(due|key|parked) .* Index Cond: \(+(consumer = |ROW\(consumer)/);
    }
  });
});
