import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import {
  ANY_MOMENT,
  after,
  afterCommitOf,
  before,
  beforeCommitOf,
  type CrashPoint,
  crash,
  createTestDatabase,
  DidNotCrash,
  SeededRandom,
  startDoomed,
  type TestDatabase,
} from '../src/index.js';

const program = { file: fileURLToPath(new URL('./programs/keeps-accounts.ts', import.meta.url)) };

let database: TestDatabase;
let administrator: pg.Client;
beforeEach(async () => {
  database = await createTestDatabase();
  administrator = new pg.Client(database.url);
  await administrator.connect();
  await administrator.query(`CREATE TABLE account (name text PRIMARY KEY, coins integer NOT NULL)`);
  await administrator.query(`INSERT INTO account VALUES ('ada', 1000), ('ben', 0)`);
  await administrator.query(`CREATE TABLE note (nth integer)`);
});
afterEach(async () => {
  await administrator.end();
  await database.drop();
});

async function accounts() {
  const { rows } = await administrator.query<{ coins: number }>('SELECT coins FROM account ORDER BY name');
  const notes = await administrator.query('SELECT FROM note');
  return { ada: rows[0]!.coins, ben: rows[1]!.coins, notes: notes.rowCount };
}

const crashAt = (at: CrashPoint, nth: number) => crash(program, { databaseUrl: database.url, at, nth });

describe('a program that dies at a point of its work', () => {
  test.each<[string, CrashPoint, { moved: number; notes: number }]>([
    ['before a statement', before(/coins - 1/), { moved: 2, notes: 2 }],
    ['after a statement of a transaction', after(/coins - 1/), { moved: 2, notes: 2 }],
    ['before a prepared statement', before(/coins \+ 1/), { moved: 2, notes: 2 }],
    ['before a commit', beforeCommitOf(/coins \+ 1/), { moved: 2, notes: 2 }],
    ['after a commit', afterCommitOf(/coins - 1/), { moved: 3, notes: 2 }],
    ['before a statement that stands alone', before(/INSERT INTO note/), { moved: 3, notes: 2 }],
    ['after a statement that stands alone', after(/INSERT INTO note/), { moved: 3, notes: 3 }],
  ])('%s leaves exactly what had been committed by then', async (_, at, { moved, notes }) => {
    const { point } = await crashAt(at, 3);

    expect(point).toBe(at.name);
    expect(await accounts()).toEqual({ ada: 1000 - moved, ben: moved, notes });
  });

  test('by chance does so, too', async () => {
    const random = new SeededRandom(5);
    for (let kill = 0; kill < 5; kill += 1) await crashAt(ANY_MOMENT, random.between(1, 100));

    const { ada, ben } = await accounts();
    expect(ada + ben).toBe(1000);
  });

  test('is killed where it is when nobody wants to wait any more', async () => {
    const doomed = await startDoomed(program, { databaseUrl: database.url, at: before(/never said/) });
    await doomed.program.ready;

    await doomed.kill();

    expect(await doomed.program.ended).toEqual({ exitCode: null, signal: 'SIGKILL' });
  });

  test('and that ends before it comes there did not crash', async () => {
    const at = before(/never said/);

    const failure = crash(program, { databaseUrl: database.url, at }, (running) => running.tell({ end: true }));

    await expect(failure).rejects.toThrow(DidNotCrash);
    await expect(failure).rejects.toThrow(/before \/never said\/, the 1\. time, and ended with code 0 before/);
  });
});
