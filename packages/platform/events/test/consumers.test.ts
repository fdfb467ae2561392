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
const issued = press.Gazette.event.issued;

describe('a consumer', () => {
  test('is addressed by processes that have never heard of it', async () => {
    const reader = await processes.start([press.GazetteModule, archive(['file', issued])]);
    const ignorant = await processes.start([press.GazetteModule], { enabled: false });
    await ignorant.issue(press, { paper: 'times', number: 1 });
    await until(async () => (await reader.filed()).length === 1);
  });

  test('of another process is reached without waiting for anybody to look', async () => {
    const reader = await processes.start([press.GazetteModule, archive(['file', issued])], { sweepMs: 600_000 });
    const publisher = await processes.start([press.GazetteModule], { sweepMs: 600_000 });
    await publisher.issue(press, { paper: 'times', number: 1 });
    await until(async () => (await reader.filed()).length === 1);
  });

  test('that comes later hears what is published from then on', async () => {
    const before = await processes.start([press.GazetteModule]);
    await before.issue(press, ...issues('times', 3));
    const later = await processes.start([press.GazetteModule, archive(['file', issued])]);
    await before.issue(press, ...issues('times', 2, 4));
    await until(async () => (await later.filed()).length === 2);
    expect(await later.filed()).toEqual(['times/4', 'times/5']);
  });

  test('that comes later and wants to start from the beginning hears all that is kept, in order and once', async () => {
    const before = await processes.start([press.GazetteModule]);
    const papers = ['times', 'post', 'sun'];
    for (let number = 1; number <= 40; number += 1) {
      await before.issue(press, ...papers.map((paper) => ({ paper, number })));
    }
    const going = (async () => {
      for (let number = 41; number <= 80; number += 1) {
        await before.issue(press, ...papers.map((paper) => ({ paper, number })));
      }
    })();
    const later = await processes.start([press.GazetteModule, archive(['file', issued, { from: 'beginning' }])]);
    await going;
    await until(async () => (await later.filed()).length >= 240);
    const filed = await later.filed();
    for (const paper of papers) {
      expect(filed.filter((issue) => issue.startsWith(paper))).toEqual(
        issues(paper, 80).map(({ number }) => `${paper}/${number}`),
      );
    }
  });

  test('keeps its place when its process comes back', async () => {
    const modules = [press.GazetteModule, archive(['file', issued, { from: 'beginning' }])];
    const first = await processes.start(modules);
    await first.issue(press, ...issues('times', 3));
    await until(async () => (await first.filed()).length === 3);
    await processes.end();
    const second = await processes.start(modules);
    await second.issue(press, { paper: 'times', number: 4 });
    await until(async () => (await second.filed()).length === 4);
    expect(await second.filed()).toEqual(['times/1', 'times/2', 'times/3', 'times/4']);
  });

  test('that is slow does not take the hands of another', async () => {
    const reader = await processes.start([press.GazetteModule, archive(['dawdle', issued], ['hurry', issued])], {
      concurrency: 2,
      hands: 4,
    });
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    mood.trouble = (_, { consumer }) => (consumer === 'archive.dawdle' ? slow : undefined);
    await reader.issue(press, ...Array.from({ length: 20 }, (_, number) => ({ paper: `paper ${number}`, number })));
    await until(async () => (await reader.filed('hurry')).length === 20);
    expect(await reader.filed('dawdle')).toEqual([]);
    release();
    await until(async () => (await reader.filed('dawdle')).length === 20);
  });
});

test('every message tells its story and its cause', async () => {
  const reader = await processes.start([press.GazetteModule, archive(['file', issued])]);
  await reader.issue(press, { paper: 'times', number: 1 });
  await until(async () => (await reader.filed()).length === 1);
  const [row] = await reader.query('SELECT id, correlation_id, causation_id FROM gazette.outbox');
  expect(row).toEqual({ id: expect.any(String), correlation_id: row!.id, causation_id: null });
  const [filed] = await reader.filedRows();
  expect(filed!.envelope).toMatchObject({
    id: row!.id,
    type: 'gazette.issued.v1',
    key: 'times',
    consumer: 'archive.file',
    correlationId: row!.id,
  });
});
