import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FROM_SOURCE } from '@macrolith/jest/from-source';
import {
  ANY_MOMENT,
  after,
  afterCommitOf,
  before,
  beforeCommitOf,
  type CrashPoint,
  crash,
  createTestDatabase,
  type NatsServer,
  type Program,
  SeededRandom,
  startDoomed,
  startNats,
  startProgram,
  type TestDatabase,
} from '@macrolith/local-services';
import pg from 'pg';
import { until } from '../until.js';

const TOPICS = ['bees', 'rain', 'tea'];

let database: TestDatabase;
let administrator: pg.Client;
let nats: NatsServer;
beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startNats()]);
  administrator = new pg.Client(database.url);
  await administrator.connect();
});
afterEach(async () => {
  await administrator.end();
  await Promise.all([database.drop(), nats.stop()]);
});

function newsroom(how: 'over NATS' | 'within the database' = 'over NATS'): Program {
  const file = fileURLToPath(new URL('../programs/newsroom.ts', import.meta.url));
  const environment = { DATABASE_URL: database.url, ...(how === 'over NATS' ? { NATS_URL: nats.url } : {}) };
  return { file, nodeOptions: FROM_SOURCE, environment };
}

async function storiesIn(table: string, order: string): Promise<Record<string, number[]>> {
  const { rows } = await administrator.query<{ topic: string; number: number }>(
    `SELECT topic, number FROM ${table} ORDER BY ${order}`,
  );
  const grouped = Object.groupBy(rows, ({ topic }) => topic);
  return Object.fromEntries(TOPICS.map((topic) => [topic, (grouped[topic] ?? []).map(({ number }) => number)]));
}

const printed = () => storiesIn('press.story', 'topic, number');
const noted = () => storiesIn('readers.note', 'id');

/** Runs the newsroom without a crash until everything that was printed is noted, or for too long. */
async function recover(): Promise<void> {
  const survivor = startProgram(newsroom());
  await survivor.ready;
  const count = async (table: string) => (await administrator.query(`SELECT FROM ${table}`)).rowCount;
  await until(async () => (await count('readers.note')) === (await count('press.story')), 60_000);
  expect(await survivor.stop()).toEqual({ exitCode: 0, signal: null });
}

const PUBLISHED = /UPDATE press\.delivery AS delivery SET state = 'done'/;
const LEASE = /INSERT INTO readers\.received_reader/;
const RECEIVED = /INSERT INTO readers\.received \(/;
const INBOX = /INSERT INTO readers\.inbox/;

describe('whatever was published over NATS is heard once and in order by the process that comes after one that died', () => {
  test.each<[string, CrashPoint]>([
    ['after it published and before it noted that', before(PUBLISHED)],
    ['after it noted what it published', after(PUBLISHED)],
    ['after it began to read', after(LEASE)],
    ['after it stored what it read and before it acknowledged that', after(RECEIVED)],
  ])('%s', async (_, at) => {
    await crash(newsroom(), { databaseUrl: database.url, at, nth: 3 }, (program) => program.tell({ from: 1, to: 10 }));

    await recover();

    expect((await printed()).tea!.length).toBeGreaterThan(0);
    expect(await noted()).toEqual(await printed());
  });

  test('at moments by chance, several times over, while nats-server is killed as well', async () => {
    const random = new SeededRandom(7);
    let from = 1;
    for (let round = 0; round < 3; round += 1) {
      const nth = random.between(1, 600);
      const doomed = await startDoomed(newsroom(), { databaseUrl: database.url, at: ANY_MOMENT, nth });
      const begin = from;
      doomed.program.ready.then(
        async () => {
          await doomed.program.tell({ from: begin, to: begin + 19 });
          await nats.kill();
          await nats.restart();
        },
        () => {},
      );
      await doomed.crashed;
      from += 20;
    }

    await recover();

    expect(await noted()).toEqual(await printed());
  });
});

describe('a process that dies while it changes from the database to NATS loses and doubles nothing', () => {
  const MOVED = /DELETE FROM press\.delivery/;

  test.each<[string, CrashPoint]>([
    ['after the consumers were changed', afterCommitOf(/LOCK TABLE press\.consumer/)],
    ['before what was open was moved', beforeCommitOf(MOVED)],
  ])('%s', async (_, at) => {
    // It dies with something open.
    await crash(
      newsroom('within the database'),
      { databaseUrl: database.url, at: beforeCommitOf(INBOX), nth: 3 },
      (program) => program.tell({ from: 1, to: 10 }),
    );

    await crash(newsroom(), { databaseUrl: database.url, at });
    await recover();

    expect((await printed()).tea!.length).toBeGreaterThan(0);
    expect(await noted()).toEqual(await printed());
  });
});
