import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MacrolithModule, runInContext } from '@macrolith/core';
import { Database, DatabaseModule } from '@macrolith/data';
import { ForeignEvent } from '@macrolith/events';
import { EventsModule, type RelayOptions } from '@macrolith/events/local';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Relay } from '../src/relay/relay.js';
import { Diary, Press, PressModule, PressService, ReadersModule, type Story } from './newsroom.js';

const FAST: Partial<RelayOptions> = { sweepMs: 100, backoff: { firstMs: 20, maxMs: 50 } };

let database: TestDatabase;
const running: INestApplicationContext[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
  await database.drop();
});

async function boot(options: Partial<RelayOptions> = {}) {
  @Module({
    imports: [
      MacrolithModule.forRoot({ checks: true }),
      DatabaseModule.forRoot({ url: database.url }),
      EventsModule.forRoot({ ...FAST, ...options }),
      PressModule,
      ReadersModule,
    ],
  })
  class Shell {}
  const app = await NestFactory.createApplicationContext(Shell, { logger: false, abortOnError: false });
  running.push(app);
  const get = <T>(token: abstract new (...args: never[]) => T): T => app.get(token as never, { strict: false });
  return { app, press: get(Press), service: get(PressService), diary: get(Diary), database: get(Database) };
}

type Booted = Awaited<ReturnType<typeof boot>>;

async function notes({ database }: Booted): Promise<string[]> {
  const { rows } = await database.of('readers').query('SELECT topic, number FROM readers.note ORDER BY id');
  return rows.map((row) => `${row.topic}/${row.number}`);
}

async function deliveries({ database }: Booted) {
  const { rows } = await database
    .of('press')
    .query('SELECT key, state, attempts, failure FROM press.delivery ORDER BY position');
  return rows as unknown as { key: string; state: string; attempts: number; failure: string | null }[];
}

async function until(happened: () => Promise<boolean> | boolean, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await happened())) {
    if (Date.now() > deadline) throw new Error(`Did not happen within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const DAY_MS = 86_400_000;
const story = (topic: string, number: number): Story => ({ topic, number });
/** Resolves when nothing has been said to the database for half a second, with how many statements it was until then. */
async function atRest({ database }: Booted): Promise<number> {
  for (let before = -1; before !== database.statistics.statements; ) {
    before = database.statistics.statements;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return database.statistics.statements;
}

const open = async (shell: Booted) => (await deliveries(shell)).filter(({ state }) => state === 'open').length;

describe('an event', () => {
  test('is heard after the transaction that published it has committed', async () => {
    const shell = await boot();
    await shell.press.print({ stories: [story('tea', 1)] });
    await until(async () => (await notes(shell)).length === 1);
    expect(await notes(shell)).toEqual(['tea/1']);
    await until(async () => (await open(shell)) === 0);
    expect(await deliveries(shell)).toEqual([{ key: 'tea', state: 'done', attempts: 1, failure: null }]);
  });

  test('of a transaction that rolled back does not exist', async () => {
    const shell = await boot();
    await expect(shell.press.print({ stories: [story('tea', 1)], fail: true })).rejects.toThrow();
    await shell.press.print({ stories: [story('tea', 2)] });
    await until(async () => (await notes(shell)).length > 0);
    expect(await notes(shell)).toEqual(['tea/2']);
  });

  test('of a savepoint that rolled back does not exist, though the transaction commits', async () => {
    const shell = await boot();
    await shell.press.printWithACaughtMishap({ kept: story('tea', 1), dropped: story('tea', 2) });
    await until(async () => (await open(shell)) === 0 && (await notes(shell)).length > 0);
    expect(await notes(shell)).toEqual(['tea/1']);
  });

  test('may be published where no transaction runs', async () => {
    const shell = await boot();
    await shell.service.publishAlone(story('tea', 1));
    await until(async () => (await notes(shell)).length === 1);
  });

  test('of another module cannot be published', async () => {
    const shell = await boot();
    await expect(shell.service.publishForeign(story('tea', 1))).rejects.toThrow(ForeignEvent);
  });
});

test('any number of events of one transaction is written in one statement', async () => {
  const shell = await boot({ enabled: false });
  const statementsFor = async (count: number, first: number) => {
    const before = shell.database.statistics.statements;
    await shell.press.print({ stories: Array.from({ length: count }, (_, index) => story('tea', first + index)) });
    return shell.database.statistics.statements - before;
  };
  const [one, hundred] = [await statementsFor(1, 0), await statementsFor(100, 1_000)];
  // One insert of a story more for each, and not a statement more for its event.
  expect(hundred - one).toBe(99);
  expect(await deliveries(shell)).toHaveLength(101);
});

test('events of one key are heard in the order in which they were published', async () => {
  const shell = await boot({ concurrency: 7 });
  const topics = ['tea', 'rain', 'bees', 'chess'];
  for (let number = 0; number < 40; number += 1) {
    await shell.press.print({ stories: topics.map((topic) => story(topic, number)) });
  }
  await until(async () => (await notes(shell)).length === 160);
  const heard = await notes(shell);
  for (const topic of topics) {
    const own = heard.filter((note) => note.startsWith(`${topic}/`));
    expect(own).toEqual(Array.from({ length: 40 }, (_, number) => `${topic}/${number}`));
  }
});

describe('a subscriber that fails', () => {
  test('leaves nothing behind, and is called again until it succeeds', async () => {
    const shell = await boot();
    let failures = 2;
    shell.diary.trouble = () => (failures-- > 0 ? new Error('no paper') : undefined);
    await shell.press.print({ stories: [story('tea', 1)] });
    await until(async () => (await deliveries(shell))[0]?.state === 'done');
    expect(await notes(shell)).toEqual(['tea/1']);
    expect(shell.diary.attempts).toHaveLength(3);
  });

  test('holds up its own key only', async () => {
    const shell = await boot({ backoff: { firstMs: 2_000, maxMs: 2_000 } });
    shell.diary.trouble = ({ topic }) => (topic === 'tea' ? new Error('no tea') : undefined);
    await shell.press.print({ stories: [story('tea', 1), story('tea', 2), story('rain', 1)] });
    await until(async () => (await notes(shell)).includes('rain/1'));
    expect(shell.diary.attempts).not.toContain('tea/2');
  });

  test('for good makes the event a dead letter that keeps the reason, and the next of its key goes on', async () => {
    const shell = await boot({ maxAttempts: 3 });
    shell.diary.trouble = ({ number }) => (number === 1 ? new Error('no tea for number one') : undefined);
    await shell.press.print({ stories: [story('tea', 1), story('tea', 2)] });
    await until(async () => (await notes(shell)).includes('tea/2'));
    const [dead] = await deliveries(shell);
    expect(dead).toMatchObject({ state: 'dead', attempts: 3 });
    expect(dead!.failure).toMatch(/^Error: no tea for number one\n\s+at /);
    expect(await notes(shell)).toEqual(['tea/2']);
  });
});

test('an event that is handed over twice takes effect once', async () => {
  const shell = await boot();
  await shell.press.print({ stories: [story('tea', 1)] });
  await until(async () => (await deliveries(shell))[0]?.state === 'done');
  // As after a crash between the effect and the note that it was delivered.
  await shell.database.of('press').query(`UPDATE press.delivery SET state = 'open', closed_at = NULL`);
  await until(async () => (await deliveries(shell))[0]?.attempts === 2 && (await open(shell)) === 0);
  expect(await notes(shell)).toEqual(['tea/1']);
});

test('what a dead process had claimed is handed over by another when the lease has run out', async () => {
  const dying = await boot({ enabled: false });
  await dying.press.print({ stories: [story('tea', 1)] });
  await dying.database
    .of('press')
    .query(`UPDATE press.delivery SET attempts = 1, leased_until = now() + interval '1 hour'`);
  const living = await boot();
  await living.press.print({ stories: [story('rain', 1)] });
  await until(async () => (await notes(living)).length > 0);
  expect(await notes(living)).toEqual(['rain/1']);

  await living.database.of('press').query(`UPDATE press.delivery SET leased_until = now() WHERE key = 'tea'`);
  await until(async () => (await notes(living)).length === 2);
  expect(await notes(living)).toEqual(['rain/1', 'tea/1']);
});

test('two relays on one outbox share the work and repeat none of it', async () => {
  const relays = [await boot({ concurrency: 2 }), await boot({ concurrency: 2 })];
  for (const relay of relays) {
    relay.diary.trouble = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return undefined;
    };
  }
  const [one, other] = relays as [Booted, Booted];
  const stories = Array.from({ length: 60 }, (_, number) => story(`topic ${number % 12}`, number));
  await one.press.print({ stories });
  await until(async () => (await notes(one)).length === 60 && (await open(one)) === 0);
  expect(new Set(await notes(one)).size).toBe(60);
  expect(one.diary.attempts.length + other.diary.attempts.length).toBe(60);
  expect(Math.min(one.diary.attempts.length, other.diary.attempts.length)).toBeGreaterThan(0);
});

test('a relay rests while a key is held up, though more of the key is waiting', async () => {
  // A pause is anything up to its bound, so that a bound of a minute would now and then be over within a second.
  const shell = await boot({ backoff: { firstMs: DAY_MS, maxMs: DAY_MS }, sweepMs: 60_000 });
  shell.diary.trouble = () => new Error('no tea');
  await shell.press.print({ stories: [story('tea', 1), story('tea', 2)] });
  await until(async () => (await deliveries(shell))[0]?.failure !== null);
  const before = await atRest(shell);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(shell.database.statistics.statements - before).toBeLessThanOrEqual(2);
});

test('a consumer that works for longer than a lease is not disturbed by another relay', async () => {
  const relays = [await boot({ leaseMs: 1_500 }), await boot({ leaseMs: 1_500 })];
  for (const { diary } of relays) {
    diary.trouble = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return undefined;
    };
  }
  await relays[0]!.press.print({ stories: [story('tea', 1)] });
  await until(async () => (await notes(relays[0]!)).length === 1);
  await until(async () => (await open(relays[0]!)) === 0);
  expect(await deliveries(relays[0]!)).toEqual([{ key: 'tea', state: 'done', attempts: 1, failure: null }]);
});

test('a message of a log at rest costs one claim, one close and one look at what is due next', async () => {
  const shell = await boot({ sweepMs: 60_000 });
  const statementsOf = async (number: number) => {
    const before = await atRest(shell);
    await shell.press.print({ stories: [story('tea', number)] });
    await until(() => shell.diary.attempts.length === number);
    return (await atRest(shell)) - before;
  };
  // The story, its event and its effect with a row in the inbox; the claim, the close, the look behind it, and that at what is due.
  const fewest = 4 + 4;
  // A key's turn also ends by time, and then there is more to look for: a computer that was busy may do better another time.
  let statements = await statementsOf(1);
  for (let number = 2; number <= 3 && statements !== fewest; number += 1) statements = await statementsOf(number);
  expect(statements).toBe(fewest);
});

describe('a consumer that never ends', () => {
  let release: () => void;
  let never: Promise<undefined>;
  beforeEach(() => {
    never = new Promise((resolve) => {
      release = () => resolve(undefined);
    });
  });
  // The transaction that it holds would keep the pool from closing after the test.
  afterEach(() => release());

  test('is taken for dead when patience runs out, and holds up its own key only', async () => {
    const shell = await boot({ concurrency: 2, leaseMs: 1_000, patienceMs: 900, maxAttempts: 1 });
    shell.diary.trouble = ({ topic }) => (topic === 'tea' ? never : undefined);
    await shell.press.print({ stories: [story('tea', 1)] });
    await until(() => shell.diary.attempts.length === 1);
    await shell.press.print({ stories: [story('rain', 1), story('bees', 1), story('chess', 1)] });
    await until(async () => (await notes(shell)).length === 3);
    await until(async () => (await deliveries(shell))[0]?.state === 'dead');
    expect((await deliveries(shell))[0]!.failure).toContain("'readers.read' was not done within 900 ms");
  });

  test('does not keep the process from ending', async () => {
    const shell = await boot({ drainMs: 200 });
    shell.diary.trouble = () => never;
    await shell.press.print({ stories: [story('tea', 1)] });
    await until(() => shell.diary.attempts.length === 1);
    expect(await shell.app.get(Relay, { strict: false }).stop()).toBe(1);
    await running.pop()!.close();
  });
});

test('a consumer runs in the context of its message, not in that of the call that woke the relay', async () => {
  const shell = await boot();
  const call = {
    principal: { id: 'alice' },
    tenant: 'acme',
    locale: 'de',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  };
  await runInContext(call, () => shell.press.print({ stories: [story('tea', 1)] }));
  await until(() => shell.diary.contexts.length === 1);
  const [own] = shell.diary.contexts;
  expect(own).not.toHaveProperty('principal');
  expect(own).not.toHaveProperty('tenant');
  expect(own).not.toHaveProperty('locale');
  expect(own!.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
  expect(own!.messageId).toMatch(/^[0-9a-f-]{36}$/);
});

test('a message whose consumer is not installed waits for it, and is no dead letter however often it was tried', async () => {
  const shell = await boot({ enabled: false });
  await shell.press.print({ stories: [story('tea', 1), story('rain', 1)] });
  const press = shell.database.of('press');
  await press.query(`UPDATE press.delivery SET consumer = 'readers.gone', attempts = 1000 WHERE key = 'tea'`);
  const relay = await boot();
  await until(async () => (await notes(relay)).includes('rain/1'));
  expect((await deliveries(relay))[0]).toMatchObject({ key: 'tea', state: 'open', attempts: 1_000 });

  await press.query(`UPDATE press.delivery SET consumer = 'readers.read' WHERE key = 'tea'`);
  await until(async () => (await notes(relay)).includes('tea/1'));
});

test('a shutdown waits for the subscriber that is at work', async () => {
  const shell = await boot();
  let finished = false;
  shell.diary.trouble = async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    finished = true;
    return undefined;
  };
  await shell.press.print({ stories: [story('tea', 1)] });
  await until(() => shell.diary.attempts.length === 1);
  expect(finished).toBe(false);
  await running.pop()!.close();
  expect(finished).toBe(true);
  expect(await notes(await boot({ enabled: false }))).toEqual(['tea/1']);
});

describe('a task', () => {
  test('is performed after commit, under a stable message id', async () => {
    const shell = await boot();
    await shell.press.orderRecount({ topic: 'tea' });
    await until(() => shell.diary.recounts.length === 1);
    const { rows } = await shell.database.of('press').query(`SELECT id, kind, type FROM press.outbox`);
    expect(rows).toEqual([{ id: shell.diary.recounts[0]!.messageId, kind: 'task', type: 'readers.recount' }]);
  });

  test('whose process died before the hand-over is performed by the next process', async () => {
    const first = await boot({ enabled: false });
    await first.press.orderRecount({ topic: 'tea' });
    expect(first.diary.recounts).toEqual([]);
    await running.pop()!.close();
    const second = await boot();
    await until(() => second.diary.recounts.length === 1);
  });
});
