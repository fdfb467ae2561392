import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import type { RelayOptions } from '../../src/relay/relay-options.js';
import { DirectConnection } from './direct-connection.js';
import { NewsroomShell, REASON, story } from './newsroom-shell.js';
import { until } from './until.js';

const AN_HOUR_MS = 3_600_000;
/** Only what is told, and no look around, makes a relay act. */
const NO_SWEEP: Partial<RelayOptions> = { sweepMs: AN_HOUR_MS };
const LONG_PAUSE: Partial<RelayOptions> = {
  ...NO_SWEEP,
  maxAttempts: 20,
  backoff: { firstMs: AN_HOUR_MS, maxMs: AN_HOUR_MS },
};

let database: TestDatabase;
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
  await database.drop();
});

async function boot(options: Partial<RelayOptions> = {}): Promise<NewsroomShell> {
  const shell = await NewsroomShell.boot(database, options);
  open.push(shell);
  return shell;
}

async function connect(): Promise<DirectConnection> {
  const connection = await DirectConnection.open(database);
  open.push(connection);
  return connection;
}

/** A shell in which the message about tea has failed for good. */
async function withADeadLetter(): Promise<NewsroomShell> {
  const shell = await boot({ ...NO_SWEEP, maxAttempts: 1 });
  shell.diary.trouble = () => new Error('no paper');
  await shell.print(story('tea', 1));
  await until(async () => (await shell.states()).includes('dead'));
  return shell;
}

describe('a dead letter', () => {
  test('that is retried is handed over at once, with all attempts before it, and it is noted who did it and why', async () => {
    const shell = await withADeadLetter();
    shell.diary.trouble = () => undefined;
    const messageId = await shell.messageOf('tea');
    const before = await shell.operations.interventions.act('retry', { messageId }, REASON);
    expect(before).toMatchObject({ state: 'dead', attempts: 1, consumer: 'readers.read' });
    await until(async () => (await shell.states())[0] === 'done');
    expect(await shell.notes()).toEqual(['tea/1']);
    const { deliveries, interventions } = await shell.operations.messages.show(messageId);
    expect(deliveries).toMatchObject([{ state: 'done', attempts: 1, round: 0 }]);
    expect(interventions).toMatchObject([{ log: 'press', consumer: 'readers.read', action: 'retry', ...REASON }]);
  });

  test('that is discarded stays so, and is never handed over', async () => {
    const shell = await withADeadLetter();
    shell.diary.trouble = () => undefined;
    const messageId = await shell.messageOf('tea');
    await shell.operations.interventions.act('discard', { messageId }, REASON);
    await shell.print(story('tea', 2));
    await until(async () => (await shell.states())[1] === 'done');
    expect(await shell.notes()).toEqual(['tea/2']);
    expect(await shell.states()).toEqual(['discarded', 'done']);
  });

  test('is not replayed, since it has not acted yet', async () => {
    const shell = await withADeadLetter();
    const messageId = await shell.messageOf('tea');
    await expect(shell.operations.interventions.act('replay', { messageId }, REASON)).rejects.toMatchObject({
      code: 'events.action-not-possible',
      state: 'dead',
      message: expect.stringContaining('Retry it.'),
    });
    expect((await shell.operations.messages.show(messageId)).interventions).toEqual([]);
  });

  test('that two people retry at once is retried by one of them', async () => {
    const shell = await withADeadLetter();
    const messageId = await shell.messageOf('tea');
    let release = () => {};
    shell.diary.trouble = () => new Promise((resolve) => (release = () => resolve(undefined)));
    const attempts = await Promise.allSettled(
      ['grace', 'ada'].map((who) => shell.operations.interventions.act('retry', { messageId }, { ...REASON, who })),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await shell.operations.messages.show(messageId)).interventions).toHaveLength(1);
    await until(() => shell.diary.attempts.length === 2);
    release();
  });
});

describe('a message that waits for its next attempt', () => {
  test('is retried now', async () => {
    const shell = await boot(LONG_PAUSE);
    let failures = 1;
    shell.diary.trouble = () => (failures-- > 0 ? new Error('no paper') : undefined);
    await shell.print(story('tea', 1));
    await until(async () => (await shell.states())[0] === 'waiting');
    await shell.operations.interventions.act('retry', { messageId: await shell.messageOf('tea') }, REASON);
    await until(async () => (await shell.states())[0] === 'done');
    expect(await shell.notes()).toEqual(['tea/1']);
  });

  test('and is discarded lets the next of its key be handed over at once', async () => {
    const shell = await boot(LONG_PAUSE);
    shell.diary.trouble = ({ number }) => (number === 1 ? new Error('no paper') : undefined);
    await shell.print(story('tea', 1), story('tea', 2), story('tea', 3));
    await until(async () => (await shell.states()).join() === 'waiting,parked,parked');
    await shell.operations.interventions.act('discard', { messageId: await shell.messageOf('tea') }, REASON);
    await until(async () => (await shell.states()).join() === 'discarded,done,done');
    expect(await shell.notes()).toEqual(['tea/2', 'tea/3']);
  });

  test('is told to a relay by whoever changes it over a connection of its own', async () => {
    const shell = await boot(LONG_PAUSE);
    let failures = 1;
    shell.diary.trouble = () => (failures-- > 0 ? new Error('no paper') : undefined);
    await shell.print(story('tea', 1));
    await until(async () => (await shell.states())[0] === 'waiting');
    const { operations } = await connect();
    expect(operations.logs.map(({ name }) => name)).toEqual(['press']);
    await operations.interventions.act('retry', { messageId: await shell.messageOf('tea') }, REASON);
    await until(async () => (await shell.states())[0] === 'done');
  });
});

describe('a message that was handed over', () => {
  test('acts once more for each time that it is replayed', async () => {
    const shell = await boot(NO_SWEEP);
    await shell.print(story('tea', 1));
    await until(async () => (await shell.states())[0] === 'done');
    const messageId = await shell.messageOf('tea');
    for (const times of [2, 3]) {
      await shell.operations.interventions.act('replay', { messageId }, REASON);
      await until(async () => (await shell.notes()).length === times && (await shell.states())[0] === 'done');
    }
    expect(await shell.notes()).toEqual(['tea/1', 'tea/1', 'tea/1']);
    const { deliveries } = await shell.operations.messages.show(messageId);
    expect(deliveries).toMatchObject([{ state: 'done', round: 2, attempts: 1 }]);
  });

  test('can neither be retried nor discarded', async () => {
    const shell = await boot();
    await shell.print(story('tea', 1));
    await until(async () => (await shell.states())[0] === 'done');
    const messageId = await shell.messageOf('tea');
    for (const action of ['retry', 'discard'] as const) {
      await expect(shell.operations.interventions.act(action, { messageId }, REASON)).rejects.toMatchObject({
        code: 'events.action-not-possible',
        action,
        state: 'done',
      });
    }
  });
});

test('a message that is being handed over is left alone', async () => {
  const shell = await boot();
  let release = () => {};
  shell.diary.trouble = () => new Promise((resolve) => (release = () => resolve(undefined)));
  await shell.print(story('tea', 1));
  await until(() => shell.diary.attempts.length === 1);
  const messageId = await shell.messageOf('tea');
  for (const action of ['retry', 'discard', 'replay'] as const) {
    await expect(shell.operations.interventions.act(action, { messageId }, REASON)).rejects.toMatchObject({
      state: 'leased',
      message: expect.stringContaining('right now'),
    });
  }
  release();
  await until(async () => (await shell.states())[0] === 'done');
});

describe('who is asked about what', () => {
  test('a message that no log has is refused by name', async () => {
    const { operations } = await boot();
    for (const messageId of ['0192e8d2-0000-4000-8000-000000000000', 'not-an-id']) {
      await expect(operations.interventions.act('retry', { messageId }, REASON)).rejects.toMatchObject({
        code: 'events.message-not-found',
        messageId,
      });
    }
  });

  test('a message with several consumers needs one to be named', async () => {
    const { operations: outside } = await (await boot()).close().then(connect);
    await outside.logs[0]!.database.query(
      `INSERT INTO press.consumer (name, event) VALUES ('archive.keep', 'press.printed')`,
    );
    const shell = await boot();
    await shell.print(story('tea', 1));
    const messageId = await shell.messageOf('tea');
    await expect(shell.operations.interventions.act('discard', { messageId }, REASON)).rejects.toMatchObject({
      code: 'events.consumer-not-named',
      consumers: ['archive.keep', 'readers.read'],
    });
    await expect(
      shell.operations.interventions.act('discard', { messageId, consumer: 'archive.burn' }, REASON),
    ).rejects.toMatchObject({ code: 'events.delivery-not-found', consumers: ['archive.keep', 'readers.read'] });
    await shell.operations.interventions.act('discard', { messageId, consumer: 'archive.keep' }, REASON);
    await until(async () => (await shell.states()).toSorted().join() === 'discarded,done');
  });

  test('nobody does anything without a name and a reason', async () => {
    const shell = await withADeadLetter();
    const messageId = await shell.messageOf('tea');
    for (const missing of ['who', 'why'] as const) {
      await expect(
        shell.operations.interventions.act('discard', { messageId }, { ...REASON, [missing]: ' ' }),
      ).rejects.toMatchObject({ code: 'events.reason-missing', missing });
    }
    expect(await shell.states()).toEqual(['dead']);
  });
});

describe('many at once', () => {
  test('are replayed, the oldest first and no more than asked for', async () => {
    const shell = await boot();
    await shell.print(...[1, 2, 3, 4, 5].map((number) => story('tea', number)), story('rain', 1));
    await until(async () => (await shell.notes()).length === 6);
    await until(async () => (await shell.states()).every((state) => state === 'done'));
    const filter = { key: 'tea', state: 'done' } as const;
    expect(await shell.operations.interventions.howMany('replay', filter, 1_000)).toBe(5);
    expect(await shell.operations.interventions.howMany('replay', filter, 2)).toBe(2);
    expect(await shell.operations.interventions.howMany('retry', filter, 1_000)).toBe(0);
    expect(await shell.operations.interventions.actOnMany('replay', filter, REASON, 3)).toBe(3);
    await until(async () => (await shell.notes()).length === 9);
    expect((await shell.notes()).slice(6)).toEqual(['tea/1', 'tea/2', 'tea/3']);
  });

  test('are retried in batches over a whole backlog of dead letters', async () => {
    const shell = await boot({ maxAttempts: 1 });
    shell.diary.trouble = () => new Error('no paper');
    const numbers = Array.from({ length: 600 }, (_, number) => number);
    await shell.print(...numbers.map((number) => story(`topic ${number}`, number)));
    await until(async () => (await shell.operations.interventions.howMany('retry', { state: 'dead' }, 1_000)) === 600);
    shell.diary.trouble = () => undefined;
    expect(await shell.operations.interventions.actOnMany('retry', { state: 'dead' }, REASON, 10_000)).toBe(600);
    await until(async () => (await shell.notes()).length === 600);
  });

  test('of one message are one, when only one is asked for', async () => {
    const shell = await withADeadLetter();
    await shell.print(story('rain', 1));
    await until(async () => (await shell.states()).join() === 'dead,dead');
    expect(await shell.operations.interventions.actOnMany('discard', {}, REASON, 1)).toBe(1);
    expect(await shell.states()).toEqual(['discarded', 'dead']);
  });
});

describe('while relays are at work', () => {
  test('a message is either discarded or has its effect, never both and never neither, and none stays behind', async () => {
    const shells = [await boot({ sweepMs: 50 }), await boot({ sweepMs: 50 })];
    const [shell] = shells as [NewsroomShell];
    const { operations } = await connect();
    for (const { diary } of shells) diary.trouble = () => new Promise((resolve) => setTimeout(resolve, 2, undefined));
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    for (const topic of ['tea', 'rain', 'bees', 'chess', 'rope']) {
      await shell.print(...numbers.map((number) => story(topic, number)));
    }
    const { items } = await operations.deliveries.list({}, { limit: 200 });
    const discarded: string[] = [];
    for (const { messageId, key } of items) {
      await operations.interventions.act('discard', { messageId }, REASON).then(
        () => discarded.push(key),
        () => {},
      );
    }
    await until(async () => (await operations.deliveries.list({ state: 'open' })).items.length === 0);
    const notes = await shell.notes();
    const states = await shell.states();
    expect(notes.length + discarded.length).toBe(100);
    expect(states.filter((state) => state === 'discarded')).toHaveLength(discarded.length);
    expect(states.filter((state) => state === 'done')).toHaveLength(notes.length);
    for (const topic of ['tea', 'rain', 'bees', 'chess', 'rope']) {
      const heard = notes.filter((note) => note.startsWith(topic)).map((note) => Number(note.split('/')[1]));
      expect(heard).toEqual(heard.toSorted((one, other) => one - other));
    }
  });

  test('replays of many take effect once each', async () => {
    const shells = [await boot({ sweepMs: 50 }), await boot({ sweepMs: 50 })];
    const [shell] = shells as [NewsroomShell];
    const { operations } = await connect();
    await shell.print(...Array.from({ length: 30 }, (_, number) => story(`topic ${number}`, number)));
    await until(async () => (await shell.states()).every((state) => state === 'done'));
    const rounds = await Promise.all(
      [shell.operations, operations].map(({ interventions }) =>
        interventions.actOnMany('replay', { state: 'done' }, REASON, 1_000),
      ),
    );
    await until(async () => (await shell.states()).every((state) => state === 'done'));
    const replayed = rounds.reduce((sum, count) => sum + count, 0);
    expect(replayed).toBeGreaterThanOrEqual(30);
    expect(await shell.notes()).toHaveLength(30 + replayed);
  });
});
