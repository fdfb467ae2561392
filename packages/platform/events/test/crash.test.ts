import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FROM_SOURCE } from '@macrolith/jest/from-source';
import {
  ANY_MOMENT,
  after,
  afterCommitOf,
  beforeCommitOf,
  type CrashPoint,
  crash,
  createTestDatabase,
  type Program,
  SeededRandom,
  startDoomed,
  startProgram,
  type TestDatabase,
} from '@macrolith/local-services';
import pg from 'pg';
import { gazette, issues, Processes } from './gazette.js';
import { until } from './until.js';

const TOPICS = ['bees', 'rain', 'tea'];

let database: TestDatabase;
let administrator: pg.Client;
beforeEach(async () => {
  database = await createTestDatabase();
  administrator = new pg.Client(database.url);
  await administrator.connect();
});
afterEach(async () => {
  await administrator.end();
  await database.drop();
});

function programOf(name: string): Program {
  const file = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
  return { file, nodeOptions: FROM_SOURCE, environment: { DATABASE_URL: database.url } };
}

async function rows<Row extends object>(text: string): Promise<Row[]> {
  return (await administrator.query<Row>(text)).rows;
}

async function owed(schema: string): Promise<number> {
  const [row] = await rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${schema}.delivery WHERE state IN ('open', 'dead')`,
  );
  return row!.n;
}

/** Numbers by topic, in the order of the rows. */
function byTopic(stories: readonly { topic: string; number: number }[]): Record<string, number[]> {
  const grouped = Object.groupBy(stories, ({ topic }) => topic);
  return Object.fromEntries(TOPICS.map((topic) => [topic, (grouped[topic] ?? []).map(({ number }) => number)]));
}

const printed = async () => byTopic(await rows('SELECT topic, number FROM press.story ORDER BY topic, number'));
const noted = async () => byTopic(await rows('SELECT topic, number FROM readers.note ORDER BY id'));

/** Runs the newsroom without a crash until nothing is owed. */
async function recover(): Promise<void> {
  const survivor = startProgram(programOf('newsroom'));
  await survivor.ready;
  await until(async () => (await owed('press')) === 0);
  expect(await survivor.stop()).toEqual({ exitCode: 0, signal: null });
}

const INBOX = /INSERT INTO readers\.inbox/;
const CLAIM = /^WITH candidate AS/;
const CLOSE = /SET state = 'done'/;
const OUTBOX = /INSERT INTO press\.outbox/;

describe('whatever was published is heard once and in order by the process that comes after one that died', () => {
  // It claims when it starts and from time to time, whether or not there is anything yet.
  test.each<[string, CrashPoint, nth?: number]>([
    ['after an event was committed', afterCommitOf(OUTBOX)],
    ['after it claimed', after(CLAIM), 10],
    ['before inbox and effect were committed', beforeCommitOf(INBOX)],
    ['after inbox and effect were committed', afterCommitOf(INBOX)],
    ['between close and advance', after(CLOSE)],
  ])('%s', async (_, at, nth = 3) => {
    await crash(programOf('newsroom'), { databaseUrl: database.url, at, nth }, (newsroom) =>
      newsroom.tell({ from: 1, to: 10 }),
    );

    await recover();

    const stories = await printed();
    expect(stories.tea!.length).toBeGreaterThan(0);
    expect(await noted()).toEqual(stories);
  });

  test.each([1])('at moments by chance, several times over, seed %i', async (seed) => {
    const random = new SeededRandom(seed);
    const moments = Array.from({ length: 3 }, () => random.between(1, 600));
    let from = 1;
    for (const nth of moments) {
      const doomed = await startDoomed(programOf('newsroom'), { databaseUrl: database.url, at: ANY_MOMENT, nth });
      const begin = from;
      // Each goes on with numbers of its own: what the one before it was about to print may not be printed.
      doomed.program.ready.then(
        () => doomed.program.tell({ from: begin, to: begin + 19 }),
        () => {},
      );
      await doomed.crashed;
      from += 20;
    }

    await recover();

    expect(await noted()).toEqual(await printed());
  });
});

describe('a consumer that starts from the beginning gets everything once and in order, though its process died', () => {
  const CONSUMER = /INSERT INTO gazette\.consumer/;
  const FILL = /^WITH filled AS/;

  test.each<[string, CrashPoint]>([
    ['after it was registered', afterCommitOf(CONSUMER)],
    ['after the log was put before it', after(FILL)],
    ['while it was hearing the log', afterCommitOf(/INSERT INTO archive\.inbox/)],
  ])('%s', async (_, at) => {
    const press = gazette();
    const processes = new Processes(database.url);
    // It only publishes: who fills and hears is the one that dies.
    const publisher = await processes.start([press.GazetteModule], { enabled: false });
    for (const paper of ['times', 'post']) await publisher.issue(press, ...issues(paper, 20));

    await crash(programOf('archive'), { databaseUrl: database.url, at });
    for (const paper of ['times', 'post']) await publisher.issue(press, ...issues(paper, 5, 21));

    const survivor = startProgram(programOf('archive'));
    await survivor.ready;
    const filed = () =>
      rows<{ paper: string; number: number }>(
        `SELECT data ->> 'paper' AS paper, (data ->> 'number')::int AS number FROM archive.filed ORDER BY id`,
      );
    await until(async () => (await filed()).length >= 50 && (await owed('gazette')) === 0);
    await survivor.stop();
    await processes.end();
    const everything = Array.from({ length: 25 }, (_, index) => index + 1);
    for (const paper of ['times', 'post']) {
      const numbers = (await filed()).filter((each) => each.paper === paper).map(({ number }) => number);
      expect(numbers).toEqual(everything);
    }
  });
});
