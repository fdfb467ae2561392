import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { archive, gazette, issues, mood, Processes, until } from './gazette.js';

let database: TestDatabase;
let processes: Processes;

beforeEach(async () => {
  database = await createTestDatabase();
  processes = new Processes(database.url);
  mood.trouble = () => {};
});
afterEach(async () => {
  await processes.end();
  await database.drop();
});

const press = gazette();
const modules = [press.GazetteModule, archive(['file', press.Gazette.event.issued])];

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('a long backlog of few keys', () => {
  test('is heard in the order of each key and once, by several relays at a time', async () => {
    const publisher = await processes.start(modules, { enabled: false });
    for (let first = 1; first <= 200; first += 50) {
      await publisher.issue(press, ...['times', 'post', 'sun'].flatMap((paper) => issues(paper, 50, first)));
    }
    const relays = [];
    for (const turn of [1, 3, 16]) relays.push(await processes.start(modules, { turn, concurrency: 3 }));
    await until(async () => (await publisher.filed()).length >= 600, 60_000);
    const filed = await publisher.filed();
    expect(filed).toHaveLength(600);
    for (const paper of ['times', 'post', 'sun']) {
      const heard = filed.filter((issue) => issue.startsWith(`${paper}/`));
      expect(heard).toEqual(numbers(200).map((number) => `${paper}/${number}`));
    }
    await until(async () => (await publisher.query(`SELECT FROM gazette.delivery WHERE state <> 'done'`)).length === 0);
  });

  test('lets a new event of another key through', async () => {
    const publisher = await processes.start(modules, { enabled: false });
    await publisher.issue(press, ...issues('times', 500));
    const reader = await processes.start(modules, { concurrency: 1 });
    await until(async () => (await reader.filed()).length > 5);
    await publisher.issue(press, { paper: 'sun', number: 1 });
    await until(async () => (await reader.filed()).includes('sun/1'));
    expect((await reader.filed()).length).toBeLessThan(500);
  });
});

test('a new event goes before a backlog of other keys, and the backlog goes on', async () => {
  const publisher = await processes.start(modules, { enabled: false });
  const papers = numbers(300).map((number) => ({ paper: `paper ${number}`, number: 1 }));
  await publisher.issue(press, ...papers);
  mood.trouble = () => new Promise((resolve) => setTimeout(resolve, 10));
  const reader = await processes.start(modules, { concurrency: 1 });
  await until(async () => (await reader.filed()).length > 5);
  await reader.issue(press, { paper: 'sun', number: 1 });
  const before = (await reader.filed()).length;
  await until(async () => (await reader.filed()).includes('sun/1'));
  const filed = await reader.filed();
  // The one at work, the one that is claimed already, and one of the old in between.
  expect(filed.indexOf('sun/1')).toBeLessThanOrEqual(before + 4);
  await until(async () => (await reader.filed()).length >= before + 20);
});

describe('what waits behind an event that fails', () => {
  test('is set aside once, and goes on in order when that one succeeds', async () => {
    const reader = await processes.start(modules, { backoff: { firstMs: 300, maxMs: 300 } });
    let broken = true;
    mood.trouble = ({ paper, number }) => {
      if (broken && paper === 'times' && number === 1) throw new Error('no ink');
    };
    await reader.issue(press, ...issues('times', 20), ...issues('sun', 5));
    await until(async () => (await reader.filed()).length === 5);
    await until(async () => (await reader.query('SELECT FROM gazette.delivery WHERE parked')).length === 19);
    broken = false;
    await until(async () => (await reader.filed()).length === 25);
    expect((await reader.filed()).slice(5)).toEqual(numbers(20).map((number) => `times/${number}`));
  });

  test('is found by the next relay when the one that should have let it go on has died', async () => {
    const publisher = await processes.start(modules, { enabled: false });
    await publisher.issue(press, ...issues('times', 3));
    // As after a crash between the close of the first and the promotion of the second.
    await publisher.query(`UPDATE gazette.delivery SET state = 'done', closed_at = now() WHERE position = 1`);
    await publisher.query(`UPDATE gazette.delivery SET parked = true WHERE position > 1`);
    const reader = await processes.start(modules);
    await until(async () => (await reader.filed()).length === 2);
    expect(await reader.filed()).toEqual(['times/2', 'times/3']);
  });
});

test('what is too old is removed once nobody is owed it, and dead letters stay', async () => {
  const reader = await processes.start(modules, { maxAttempts: 1 });
  mood.trouble = ({ number }) => {
    if (number === 2) throw new Error('no ink');
  };
  await reader.issue(press, ...issues('times', 4));
  await until(async () => (await reader.query(`SELECT FROM gazette.delivery WHERE state = 'open'`)).length === 0);
  await reader.query(`UPDATE gazette.outbox SET time = now() - interval '500 days' WHERE position <= 3`);
  await reader.database.of('archive').query(`UPDATE archive.inbox SET handled_at = now() - interval '500 days'`);
  const { Retention } = await import('@macrolith/events/local');
  expect(await reader.get(Retention).sweep()).toBe(2 + 3);
  const kept = await reader.query('SELECT position::integer, state FROM gazette.delivery ORDER BY position');
  expect(kept).toEqual([
    { position: 2, state: 'dead' },
    { position: 4, state: 'done' },
  ]);
});
