import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InvalidInput, Port, task } from '@macrolith/contract';
import { defineModule, LocalModule, runInContext } from '@macrolith/core';
import { database } from '@macrolith/data';
import {
  InvalidSubscription,
  InvalidTask,
  InvalidTaskRules,
  limit,
  On,
  retry,
  schedule,
  subscriptions,
} from '@macrolith/events';
import type { RelayOptions } from '@macrolith/events/local';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { gazette, Processes } from './gazette.js';
import { until } from './until.js';
import { gates, type OpenWorkshop, openWorkshop, type Rules, Workshop } from './workshop.js';
import { WorkshopRecords } from './workshop-records.js';

const { paint, sand, polish } = Workshop.op;

let testDatabase: TestDatabase;
let records: WorkshopRecords;
const running: OpenWorkshop[] = [];

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  records = new WorkshopRecords(testDatabase.url);
  await records.open();
});
afterEach(async () => {
  gates.clear();
  for (const workshop of running.splice(0)) await workshop.close();
  await records.close();
  await testDatabase.drop();
});

async function open(rules?: Rules, relay?: Partial<RelayOptions>): Promise<OpenWorkshop> {
  const workshop = await openWorkshop(testDatabase.url, rules, relay);
  running.push(workshop);
  return workshop;
}

async function close(workshop: OpenWorkshop): Promise<void> {
  running.splice(running.indexOf(workshop), 1);
  await workshop.close();
}

/** Keeps a piece at work until the answered function is called. */
function gate(piece: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  gates.set(piece, promise);
  return resolve;
}

const HOUR = 3_600_000;
const nothingOwed = () => until(async () => (await records.owed()) === 0);

describe('a task that is placed', () => {
  test('is done after the transaction has committed, under the id that was answered', async () => {
    const { clerk } = await open();
    let id = '';
    await clerk.unitOfWork.run(async () => {
      id = await clerk.tasks.enqueue(paint, { piece: 'chair' });
      expect(await records.pieces()).toEqual([]);
    });
    await nothingOwed();
    expect(await records.jobs()).toMatchObject([{ task: 'paint', piece: 'chair', messageId: id }]);
  });

  test('in a transaction that rolled back is not done', async () => {
    const { clerk } = await open();
    const undone = clerk.unitOfWork.run(async () => {
      await clerk.tasks.enqueue(paint, { piece: 'chair' });
      throw new Error('no paint left');
    });
    await expect(undone).rejects.toThrow('no paint left');
    await clerk.tasks.enqueue(paint, { piece: 'table' });
    await until(async () => (await records.pieces()).length > 0);
    expect(await records.pieces()).toEqual(['table']);
  });

  test('with a delay is not done before its time', async () => {
    const { clerk } = await open();
    await clerk.tasks.enqueue(paint, { piece: 'later' }, { delayMs: HOUR });
    await clerk.tasks.enqueue(paint, { piece: 'at nine' }, { at: new Date(Date.now() + HOUR) });
    await clerk.tasks.enqueue(paint, { piece: 'now' });
    await clerk.tasks.enqueue(paint, { piece: 'at six, and it is seven' }, { at: new Date(Date.now() - HOUR) });
    await until(async () => (await records.owed()) === 2);
    expect((await records.pieces()).sort()).toEqual(['at six, and it is seven', 'now']);

    await records.makeDue();

    await nothingOwed();
    expect((await records.pieces()).sort()).toEqual(['at nine', 'at six, and it is seven', 'later', 'now']);
  });

  test('is begun before what is less urgent, whenever that was placed', async () => {
    const place = await open({}, { enabled: false });
    const pieces = ['low', 'normal', 'high'] as const;
    for (const priority of [...pieces, ...pieces])
      await place.clerk.tasks.enqueue(paint, { piece: priority }, { priority });

    await open({}, { concurrency: 1, hands: 1 });

    await nothingOwed();
    expect(await records.pieces()).toEqual(['high', 'high', 'normal', 'normal', 'low', 'low']);
  });

  test('under an id that is there already stays the first one', async () => {
    const { clerk } = await open({}, { enabled: false });
    const id = randomUUID();
    await clerk.tasks.enqueue(paint, { piece: 'first' }, { id });
    await clerk.unitOfWork.run(async () => {
      await clerk.tasks.enqueue(paint, { piece: 'second' }, { id });
      await clerk.tasks.enqueue(paint, { piece: 'another' });
    });

    await open();

    await nothingOwed();
    expect((await records.pieces()).sort()).toEqual(['another', 'first']);
  });

  test('is checked while the caller can still be told', async () => {
    const { clerk } = await open();
    await expect(clerk.tasks.enqueue(paint, { piece: 7 as unknown as string })).rejects.toThrow(InvalidInput);
    await expect(clerk.tasks.enqueue(paint, { piece: 'x' }, { id: 'mine' })).rejects.toThrow(InvalidTask);
    await expect(clerk.tasks.enqueue(paint, { piece: 'x' }, { delayMs: -1 })).rejects.toThrow(InvalidTask);
    await expect(clerk.tasks.enqueue(paint, { piece: 'x' }, { delayMs: 1, at: new Date() })).rejects.toThrow(
      InvalidTask,
    );
    expect(await records.owed()).toBe(0);
  });

  test('by a process that addressed it to the module, as it used to be, is done', async () => {
    const { clerk } = await open({}, { enabled: false });
    await clerk.tasks.enqueue(paint, { piece: 'old chair' });
    await records.query(`UPDATE desk.delivery SET consumer = 'workshop'`);
    await open();
    await nothingOwed();
    expect(await records.pieces()).toEqual(['old chair']);
  });
});

describe('a task that is cancelled', () => {
  test('before it was begun is not done, and who cancelled it and why is kept', async () => {
    const { clerk } = await open();
    const id = await clerk.tasks.enqueue(paint, { piece: 'chair' }, { delayMs: HOUR });
    const outcome = await runInContext({ principal: { id: 'ada' } }, () =>
      clerk.tasks.cancel(id, { why: 'the customer likes wood' }),
    );
    expect(outcome).toBe('cancelled');
    expect(await records.states()).toEqual(['discarded']);
    expect(await records.query('SELECT message_id, consumer, action, who, why FROM desk.intervention')).toEqual([
      { message_id: id, consumer: 'workshop.paint', action: 'cancel', who: 'ada', why: 'the customer likes wood' },
    ]);
    expect(await clerk.tasks.cancel(id, { why: 'again' })).toBe('discarded');
  });

  test('in a transaction that rolled back is done after all', async () => {
    const { clerk } = await open();
    const id = await clerk.tasks.enqueue(paint, { piece: 'chair' }, { delayMs: HOUR });
    const undone = clerk.unitOfWork.run(async () => {
      expect(await clerk.tasks.cancel(id, { why: 'a mistake' })).toBe('cancelled');
      throw new Error('it was one');
    });
    await expect(undone).rejects.toThrow('it was one');
    await records.makeDue();
    await nothingOwed();
    expect(await records.pieces()).toEqual(['chair']);
  });

  test('too late goes on, and the answer says what became of it', async () => {
    const { clerk } = await open({ workshop: [retry(polish, { maxAttempts: 1 })] });
    const finish = gate('slow');
    const atWork = await clerk.tasks.enqueue(paint, { piece: 'slow' });
    await until(async () => (await records.pieces()).length === 1);
    expect(await clerk.tasks.cancel(atWork, { why: 'too late' })).toBe('begun');
    finish();
    await nothingOwed();
    expect(await clerk.tasks.cancel(atWork, { why: 'too late' })).toBe('done');

    const hopeless = await clerk.tasks.enqueue(polish, { piece: 'brick' });
    await until(async () => (await records.states()).includes('dead'));
    expect(await clerk.tasks.cancel(hopeless, { why: 'too late' })).toBe('dead');

    expect(await clerk.tasks.cancel(randomUUID(), { why: 'whatever' })).toBe('unknown');
    expect(await clerk.tasks.cancel('chair', { why: 'whatever' })).toBe('unknown');
    expect(await records.query('SELECT FROM desk.intervention')).toEqual([]);
  });

  test('while relays are claiming is either cancelled or done, and never both', async () => {
    const { clerk } = await open();
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, async (_, nth) => {
        const id = await clerk.tasks.enqueue(paint, { piece: `piece ${nth}` });
        return { id, outcome: await clerk.tasks.cancel(id, { why: 'a race' }) };
      }),
    );
    await nothingOwed();
    const done = new Set((await records.jobs()).map(({ messageId }) => messageId));
    const cancelled = outcomes.filter(({ outcome }) => outcome === 'cancelled');
    expect(cancelled.filter(({ id }) => done.has(id))).toEqual([]);
    expect(done.size + cancelled.length).toBe(60);
  });
});

describe('a task that is limited', () => {
  const threeAtOnce: Rules = { workshop: [limit(paint, 3)] };

  /** Places more than may be at work, and lets none end before as many are. */
  const paintBoards = async ({ clerk }: OpenWorkshop, count: number, atOnce: number) => {
    const finish = gate('board');
    for (let nth = 0; nth < count; nth += 1) await clerk.tasks.enqueue(paint, { piece: 'board', takesMs: 50 });
    await until(async () => (await records.pieces()).length >= atOnce);
    finish();
    await nothingOwed();
  };

  test('is never at work more often at once than it may, though there are hands for it', async () => {
    await paintBoards(await open(threeAtOnce), 20, 3);
    expect(await records.jobs()).toHaveLength(20);
    expect(await records.mostAtOnce('paint')).toBe(3);
  });

  test('does not keep others waiting, though it has to wait itself', async () => {
    const { clerk } = await open(threeAtOnce);
    const finish = gate('slow');
    for (let nth = 0; nth < 20; nth += 1) await clerk.tasks.enqueue(paint, { piece: 'slow' });
    await until(async () => (await records.pieces()).length === 3);

    for (let nth = 0; nth < 20; nth += 1) await clerk.tasks.enqueue(sand, { piece: 'quick' });

    await until(async () => (await records.owed()) === 20);
    expect((await records.pieces()).filter((piece) => piece === 'quick')).toHaveLength(20);
    expect((await records.pieces()).filter((piece) => piece === 'slow')).toHaveLength(3);
    finish();
    await nothingOwed();
  });

  test('is done in order of urgency, and not before its time', async () => {
    const { clerk } = await open({ workshop: [limit(paint, 1)] }, { enabled: false });
    await clerk.tasks.enqueue(paint, { piece: 'later' }, { delayMs: HOUR, priority: 'high' });
    await clerk.tasks.enqueue(paint, { piece: 'normal' });
    await clerk.tasks.enqueue(paint, { piece: 'high' }, { priority: 'high' });
    await open({ workshop: [limit(paint, 1)] });
    await until(async () => (await records.owed()) === 1);
    expect(await records.pieces()).toEqual(['high', 'normal']);
  });

  test('obeys a limit that was lowered or raised while it was not running', async () => {
    const round = async (atOnce: number) => {
      await records.query('TRUNCATE workshop.job').catch(() => {});
      const workshop = await open({ workshop: [limit(paint, atOnce)] });
      await paintBoards(workshop, 12, atOnce);
      await close(workshop);
      return records.mostAtOnce('paint');
    };
    expect([await round(4), await round(1), await round(2)]).toEqual([4, 1, 2]);
  });

  test('gives its slots back, also when it fails', async () => {
    const { clerk } = await open({ workshop: [limit(polish, 1), retry(polish, { maxAttempts: 2 })] });
    for (let nth = 0; nth < 3; nth += 1) await clerk.tasks.enqueue(polish, { piece: 'brick' });
    await nothingOwed();
    expect(await records.states()).toEqual(['dead', 'dead', 'dead']);
    await until(
      async () => (await records.query('SELECT FROM workshop.task_slot WHERE holder IS NOT NULL')).length === 0,
    );
    expect(await records.mostAtOnce('polish')).toBeLessThanOrEqual(1);
  });
});

test('a task is tried as often as its module says, and no more', async () => {
  const { clerk } = await open({
    workshop: [retry(polish, { maxAttempts: 3, backoff: { firstMs: 1, maxMs: 1 } })],
  });
  await clerk.tasks.enqueue(polish, { piece: 'brick' });
  await until(async () => (await records.states())[0] === 'dead');
  expect(await records.pieces()).toEqual(['brick', 'brick', 'brick']);
});

describe('rules that cannot be kept are refused at boot:', () => {
  const refusal = async (rules: Rules): Promise<unknown> => open(rules).catch((error: unknown) => error);

  test('a limit of a task that another module does', async () => {
    const error = await refusal({ desk: [limit(paint, 3)] });
    expect(error).toBeInstanceOf(InvalidTaskRules);
    expect((error as InvalidTaskRules).message).toContain("'desk'");
    expect((error as InvalidTaskRules).message).toContain('workshop.paint');
  });

  test('two limits of one task', async () => {
    expect(await refusal({ workshop: [limit(paint, 3), limit(paint, 4)] })).toBeInstanceOf(InvalidTaskRules);
  });

  test('a schedule without an outbox for its tasks', async () => {
    const daily = schedule('daily', { cron: '0 6 * * *', task: sand, input: { piece: 'floor' } });
    expect(await refusal({ workshop: [daily] })).toBeInstanceOf(InvalidTaskRules);
  });

  test('a subscriber that is called like a task of its module: one name would stand for two consumers', async () => {
    const press = gazette();
    abstract class Shelf extends Port({ name: 'shelf', version: '1.0.0', operations: { file: task({}) } }) {}
    class Filing implements Shelf {
      @On(press.Gazette.event.issued)
      async file(_: unknown) {}
    }
    @LocalModule(defineModule(Shelf, { owner: 'team-shelf' }), {
      provider: Filing,
      features: [database(), subscriptions([Filing])],
    })
    class ShelfModule {}
    const started = new Processes(testDatabase.url).start([press.GazetteModule, ShelfModule]);
    await expect(started).rejects.toThrow(InvalidSubscription);
  });

  test('a limit that is no number of tasks', () => {
    expect(() => limit(paint, 0)).toThrow(RangeError);
    expect(() => limit(paint, 1.5)).toThrow(RangeError);
    expect(() => retry(paint, { maxAttempts: 0 })).toThrow(RangeError);
  });
});
