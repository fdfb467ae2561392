import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import type { RelayOptions } from '../../src/relay/relay-options.js';
import { NewsroomShell, story } from './newsroom-shell.js';
import { until } from './until.js';

const NOBODY_RELAYS: Partial<RelayOptions> = { enabled: false };

let database: TestDatabase;
let shell: NewsroomShell;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await shell?.close();
  await database.drop();
});

describe('the list of deliveries', () => {
  test('has the newest first, page by page, each once', async () => {
    shell = await NewsroomShell.boot(database, NOBODY_RELAYS);
    for (let number = 1; number <= 7; number += 1) await shell.print(story('tea', number));
    const positions: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await shell.operations.deliveries.list({}, { cursor, limit: 3 });
      positions.push(...page.items.map(({ messageId }) => messageId));
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== undefined);
    const { messages } = await shell.operations.messages.story({ key: 'tea' });
    expect(positions).toEqual(messages.map(({ messageId }) => messageId).toReversed());
    expect(pages).toBe(3);
  });

  test('tells due, leased, parked, waiting, held and dead ones apart', async () => {
    shell = await NewsroomShell.boot(database, { maxAttempts: 1, sweepMs: 3_600_000 });
    let release = () => {};
    shell.diary.trouble = ({ topic }) =>
      topic === 'tea' ? new Promise((resolve) => (release = () => resolve(undefined))) : new Error('no paper');
    await shell.print(story('tea', 1), story('tea', 2), story('rain', 1));
    await until(async () => (await shell.states()).join() === 'leased,parked,dead');
    const of = async (state: 'open' | 'leased' | 'parked' | 'dead' | 'done') =>
      (await shell.operations.deliveries.list({ state })).items.map(({ key }) => key);
    expect(await of('leased')).toEqual(['tea']);
    expect(await of('parked')).toEqual(['tea']);
    expect(await of('open')).toEqual(['tea', 'tea']);
    expect(await of('dead')).toEqual(['rain']);
    expect(await of('done')).toEqual([]);
    shell.diary.trouble = () => undefined;
    release();
    await until(async () => (await of('done')).length === 2);
  });

  test('can be narrowed by consumer, type, key, story and time', async () => {
    shell = await NewsroomShell.boot(database, NOBODY_RELAYS);
    await shell.print(story('tea', 1));
    await shell.print(story('rain', 1));
    await shell.press.orderRecount({ topic: 'tea' });
    const { items } = await shell.operations.deliveries.list({});
    const [task, rain, tea] = items as [(typeof items)[0], (typeof items)[0], (typeof items)[0]];
    const keysOf = async (filter: Parameters<typeof shell.operations.deliveries.list>[0]) =>
      (await shell.operations.deliveries.list(filter)).items.map(({ key }) => key);
    expect(await keysOf({ consumer: 'readers.recount' })).toEqual([task.key]);
    expect(await keysOf({ consumer: 'readers.read' })).toEqual(['rain', 'tea']);
    expect(await keysOf({ type: 'press.printed' })).toEqual(['rain', 'tea']);
    expect(await keysOf({ type: 'press.printed.v1' })).toEqual(['rain', 'tea']);
    expect(await keysOf({ type: 'press.print' })).toEqual([]);
    expect(await keysOf({ key: 'tea' })).toEqual(['tea']);
    expect(await keysOf({ key: task.key })).toEqual([task.key]);
    expect(await keysOf({ correlationId: tea.correlationId })).toEqual(['tea']);
    expect(await keysOf({ messageId: rain.messageId })).toEqual(['rain']);
    expect(await keysOf({ olderThan: rain.time })).toEqual(['tea']);
    expect(await keysOf({ newerThan: rain.time })).toEqual([task.key, 'rain']);
    expect(await keysOf({ log: 'press', state: 'due', type: 'press.printed' })).toEqual(['rain', 'tea']);
  });

  test('refuses a log that there is not, and a cursor that it has not made', async () => {
    shell = await NewsroomShell.boot(database, NOBODY_RELAYS);
    const list = (log: string | undefined, cursor?: string) => shell.operations.deliveries.list({ log }, { cursor });
    await expect(list('radio')).rejects.toMatchObject({ code: 'events.log-not-found', log: 'radio', logs: ['press'] });
    for (const cursor of ['x', Buffer.from('[["press","1; DROP","x"]]').toString('base64url')]) {
      await expect(list(undefined, cursor)).rejects.toMatchObject({ code: 'events.invalid-cursor' });
    }
  });
});

describe('a message', () => {
  test('is shown with its attributes, its data, and why it failed', async () => {
    shell = await NewsroomShell.boot(database, { maxAttempts: 1 });
    shell.diary.trouble = () => new Error('no paper');
    await shell.print(story('tea', 1));
    await until(async () => (await shell.states())[0] === 'dead');
    const message = await shell.operations.messages.show(await shell.messageOf('tea'));
    expect(message).toMatchObject({
      kind: 'event',
      source: '/press',
      type: 'press.printed.v1',
      key: 'tea',
      time: expect.any(Date),
      data: { topic: 'tea', number: 1 },
      deliveries: [
        {
          log: 'press',
          consumer: 'readers.read',
          state: 'dead',
          attempts: 1,
          failure: expect.stringMatching(/^Error: no paper\n\s+at /),
          failedAt: expect.any(Date),
          closedAt: expect.any(Date),
        },
      ],
      interventions: [],
    });
  });

  test('belongs to the story of the wish that it follows from', async () => {
    shell = await NewsroomShell.boot(database, NOBODY_RELAYS);
    await shell.print(story('tea', 1), story('rain', 1));
    await shell.print(story('tea', 2));
    const ofKey = await shell.operations.messages.story({ key: 'tea' });
    expect(ofKey).toMatchObject({ isCut: false, messages: [{ key: 'tea' }, { key: 'tea' }] });
    const [first] = ofKey.messages;
    expect(first!.deliveries).toMatchObject([{ consumer: 'readers.read', state: 'due' }]);
    // Outside of any call each message is a story of its own.
    const ofWish = await shell.operations.messages.story({ correlationId: first!.correlationId });
    expect(ofWish.messages.map(({ messageId }) => messageId)).toContain(first!.messageId);
    expect(await shell.operations.messages.story({ correlationId: 'nothing' })).toEqual({ messages: [], isCut: false });
  });
});

describe('the overview', () => {
  test('tells for each consumer what is owed to it, and since when', async () => {
    shell = await NewsroomShell.boot(database, NOBODY_RELAYS);
    await shell.print(story('tea', 1), story('tea', 2));
    await shell.press.orderRecount({ topic: 'tea' });
    const [press] = await shell.operations.consumers.overview();
    const [tea] = (await shell.operations.messages.story({ key: 'tea' })).messages;
    expect(press).toMatchObject({ log: 'press', open: 3, held: 0, dead: 0, oldestOpenAt: tea!.time });
    expect(press!.consumers).toMatchObject([
      { consumer: 'readers.read', events: ['press.printed'], open: 2, oldestOpenAt: tea!.time, isUnserved: false },
      { consumer: 'readers.recount', events: [], open: 1, isUnserved: false },
    ]);
  });

  test('says that nobody serves a consumer for which something has been due for a minute', async () => {
    shell = await NewsroomShell.boot(database, NOBODY_RELAYS);
    await shell.print(story('tea', 1));
    await shell.operations.logs[0]!.database.query(`UPDATE press.delivery SET due_at = now() - interval '2 minutes'`);
    const [press] = await shell.operations.consumers.overview();
    expect(press!.consumers).toMatchObject([{ consumer: 'readers.read', isUnserved: true }]);
  });

  test('counts dead letters and forgets what is done', async () => {
    shell = await NewsroomShell.boot(database, { maxAttempts: 1 });
    shell.diary.trouble = ({ topic }) => (topic === 'tea' ? new Error('no paper') : undefined);
    await shell.print(story('tea', 1), story('rain', 1));
    await until(async () => (await shell.states()).toSorted().join() === 'dead,done');
    const [press] = await shell.operations.consumers.overview();
    expect(press).toMatchObject({ open: 0, dead: 1, lastMessageAt: expect.any(Date) });
    expect(press!.consumers).toMatchObject([{ consumer: 'readers.read', open: 0, dead: 1 }]);
    expect(press!.consumers[0]!.oldestOpenAt).toBeUndefined();
  });
});
