import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DataOf, z } from '@macrolith/contract';
import { On, subscriptions, upcast } from '@macrolith/events';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { archive, gazette, Issue, Processes, until } from './gazette.js';

let database: TestDatabase;
let processes: Processes;

beforeEach(async () => {
  database = await createTestDatabase();
  processes = new Processes(database.url);
});
afterEach(async () => {
  await processes.end();
  await database.drop();
});

const IssueOf2 = z.object({ paper: z.string(), number: z.int(), pages: z.int() });
const IssueOf3 = z.object({ paper: z.string(), number: z.int(), sheets: z.int() });
const first = gazette(1);
const second = gazette(2, IssueOf2);
const third = gazette(3, IssueOf3);
const upcasters = [
  upcast(1, Issue, (issue) => ({ ...issue, pages: 4 })),
  upcast(2, IssueOf2, ({ pages, ...issue }) => ({ ...issue, sheets: pages / 2 })),
];

test('a module tells the oldest version that all of its subscribers read', () => {
  const event = third.Gazette.event.issued;
  class Thorough {
    @On(event, { upcasters })
    async hear(_: DataOf<typeof event>) {}
  }
  class Forgetful {
    @On(event, { upcasters: upcasters.slice(0, 1) })
    async hear(_: DataOf<typeof event>) {}
  }
  expect(subscriptions([Thorough]).oldestRead(event)).toBe(1);
  expect(subscriptions([Thorough, Forgetful]).oldestRead(event)).toBe(3);
});

describe('an event of an older version', () => {
  test('is heard as the consumer knows it, over as many upcasters as it takes', async () => {
    const old = await processes.start([first.GazetteModule, archive(['file', first.Gazette.event.issued])], {
      enabled: false,
    });
    await old.issue(first, { paper: 'times', number: 1 });
    await processes.end();
    const modern = await processes.start([
      third.GazetteModule,
      archive(['file', third.Gazette.event.issued, { upcasters }]),
    ]);
    await modern.issue(third, { paper: 'times', number: 2, sheets: 9 } as never);
    await until(async () => (await modern.filed()).length === 2);
    expect((await modern.filedRows()).map(({ data }) => data)).toEqual([
      { paper: 'times', number: 1, sheets: 2 },
      { paper: 'times', number: 2, sheets: 9 },
    ]);
  });

  test('is held with its key when an upcaster is missing, and heard when it is there', async () => {
    const old = await processes.start([first.GazetteModule, archive(['file', first.Gazette.event.issued])], {
      enabled: false,
    });
    await old.issue(first, { paper: 'times', number: 1 });
    await processes.end();
    const careless = await processes.start(
      [third.GazetteModule, archive(['file', third.Gazette.event.issued, { upcasters: upcasters.slice(1) }])],
      { maxAttempts: 1 },
    );
    await careless.issue(
      third,
      { paper: 'times', number: 2, sheets: 1 } as never,
      { paper: 'sun', number: 1, sheets: 1 } as never,
    );
    await until(async () => (await careless.filed()).includes('sun/1'));
    await until(async () => (await careless.query('SELECT held FROM gazette.delivery ORDER BY position'))[0]!.held);
    expect(await careless.filed()).toEqual(['sun/1']);
    const [held] = await careless.query('SELECT state, failure FROM gazette.delivery ORDER BY position');
    expect(held).toEqual({ state: 'open', failure: expect.stringContaining('Add an upcaster from version 1') });
    await processes.end();

    const mended = await processes.start([
      third.GazetteModule,
      archive(['file', third.Gazette.event.issued, { upcasters }]),
    ]);
    await until(async () => (await mended.filed()).length === 3);
    expect(await mended.filed()).toEqual(['sun/1', 'times/1', 'times/2']);
  });
});

test('an event of a newer version than the consumer knows is held, and heard by a process that knows it', async () => {
  const old = await processes.start([first.GazetteModule, archive(['file', first.Gazette.event.issued])], {
    maxAttempts: 1,
  });
  const modern = await processes.start(
    [second.GazetteModule, archive(['file', second.Gazette.event.issued, { upcasters }])],
    {
      enabled: false,
    },
  );
  await modern.issue(second, { paper: 'times', number: 1, pages: 8 } as never);
  await until(async () => (await old.query('SELECT held FROM gazette.delivery'))[0]!.held);
  const [held] = await old.query('SELECT state, failure FROM gazette.delivery');
  expect(held).toEqual({ state: 'open', failure: expect.stringContaining('gazette.issued.v2 is newer') });
  await processes.end();
  const upgraded = await processes.start([
    second.GazetteModule,
    archive(['file', second.Gazette.event.issued, { upcasters }]),
  ]);
  await until(async () => (await upgraded.filed()).length === 1);
});
