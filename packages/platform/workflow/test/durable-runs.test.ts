import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PlatformError, runInContext, UnitOfWork, WorkflowInTransaction, WorkflowPending } from '@macrolith/core';
import { IdempotencyKeyReused } from '@macrolith/data';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import pg from 'pg';
import { Declined } from './fair/bank.js';
import { type Fair, openFair } from './fair/fair.js';
import { Outside } from './fair/outside.js';
import { NoPaper, OutOfStock } from './fair/store.js';
import { takingsAfter, takingsOf } from './fair/takings.js';
import { until } from './fair/until.js';

/** As a call says of a module that nobody serves. */
class Away extends PlatformError {
  readonly code = 'macrolith.away';
  override get askAgainInMs(): number {
    return 1;
  }
  constructor() {
    super('The bank is away.');
  }
}

const HOUR_MS = 3_600_000;
const lamps = { sku: 'lamp', quantity: 2, account: 'ada', paper: 'blue' };

describe.each(['by-binding', 'durable'] as const)('A run of several transactions, %s', (mode) => {
  let database: TestDatabase;
  let fair: Fair;
  let administrator: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    await Outside.prepare(database.url);
    administrator = new pg.Client({ connectionString: database.url });
    await administrator.connect();
    fair = await openFair(database.url, mode);
  });
  afterAll(async () => {
    await fair.app.close();
    await administrator.end();
    await database.drop();
  });
  beforeEach(async () => {
    fair.outside.weather = () => {};
    await administrator.query(`TRUNCATE booth.workflow_run, booth.sale, booth.news, store.taking, outside.charge, outside.call CASCADE;
      UPDATE store.shelf SET quantity = 1000`);
  });

  const takings = () => takingsOf(database.url);
  const under = <T>(key: string, work: () => Promise<T>, deadlineAt?: number) =>
    runInContext({ idempotencyKey: key, deadlineAt }, work);

  test('answers with its result, and everything has happened once', async () => {
    expect(await fair.booth.sell(lamps)).toEqual({
      saleId: expect.any(String),
      chargeId: expect.stringMatching(/\/money$/),
      at: 1,
    });
    expect(await takings()).toEqual({ runs: { done: 1 }, ...takingsAfter(1, 2) });
  });

  test.each([
    ['by its first step', { quantity: 5000 }, OutOfStock],
    ['by the step outside', { account: 'empty' }, Declined],
    ['by its pivot', { paper: 'none' }, NoPaper],
  ])('that is refused %s answers with the declared error, and nothing has happened', async (_, changes, refusal) => {
    await expect(fair.booth.sell({ ...lamps, ...changes })).rejects.toThrow(refusal);
    const { runs, ...rest } = await takings();
    expect(rest).toEqual(takingsAfter(0, 2));
    expect(Object.keys(runs).filter((status) => status !== 'compensated')).toEqual([]);
  });

  test('goes on when an answer from outside was lost, under the same key', async () => {
    let losses = 2;
    fair.outside.weather = (_act, moment) => {
      if (moment === 'after' && losses-- > 0) throw new Error('the answer was lost');
    };
    await fair.booth.sell(lamps);
    expect(await takings()).toEqual({ runs: { done: 1 }, ...takingsAfter(1, 2) });
  });

  test('takes back what was charged, however often that fails', async () => {
    let failures = 3;
    fair.outside.weather = (act, moment) => {
      if (act === 'refund' && moment === 'before' && failures-- > 0) throw new Error('the bank is closed');
    };
    await expect(fair.booth.sell({ ...lamps, paper: 'none' })).rejects.toThrow(NoPaper);
    expect(await takings()).toEqual({ runs: { compensated: 1 }, ...takingsAfter(0, 2) });
  });

  test('is pending past the deadline of its caller, and the same call later tells how it ended', async () => {
    const { promise: open, resolve: go } = Promise.withResolvers<void>();
    fair.outside.weather = (_act, moment) => (moment === 'before' ? open : undefined);
    const early = under('k-1', () => fair.booth.sell(lamps), Date.now() + 300);
    await expect(early).rejects.toMatchObject({ code: 'macrolith.workflow-pending', workflow: 'booth.sell' });
    await expect(early).rejects.toBeInstanceOf(WorkflowPending);
    go();
    expect(await under('k-1', () => fair.booth.sell(lamps))).toMatchObject({ at: 1 });
    expect(await takings()).toEqual({ runs: { done: 1 }, ...takingsAfter(1, 2) });
  });

  test('is one run under one key, for calls one after the other and together', async () => {
    const together = await Promise.all([1, 2, 3].map(() => under('k-2', () => fair.booth.sell(lamps))));
    const again = await under('k-2', () => fair.booth.sell(lamps));
    expect(new Set([...together, again].map(({ saleId }) => saleId)).size).toBe(1);
    await expect(under('k-2', () => fair.booth.sell({ ...lamps, quantity: 3 }))).rejects.toThrow(IdempotencyKeyReused);
    expect(await takings()).toEqual({ runs: { done: 1 }, ...takingsAfter(1, 2) });
  });

  test('answers a refusal under its key again, since it is final', async () => {
    await expect(under('k-3', () => fair.booth.sell({ ...lamps, paper: 'none' }))).rejects.toThrow(NoPaper);
    await expect(under('k-3', () => fair.booth.sell({ ...lamps, paper: 'none' }))).rejects.toThrow(NoPaper);
    expect(await takings()).toMatchObject({ runs: { compensated: 1 } });
  });

  test('is waited for by a shutdown, and answers its caller', async () => {
    // Its lease is so long that the other process leaves it alone in any case.
    const leaving = await openFair(database.url, mode, { leaseMs: 60_000 });
    const { promise: open, resolve: go } = Promise.withResolvers<void>();
    leaving.outside.weather = () => open;
    const sale = leaving.booth.sell(lamps);
    await until('the run has begun', async () => (await takings()).runs.running === 1);
    const closing = leaving.app.close();
    setTimeout(go, 100);
    await Promise.all([expect(sale).resolves.toMatchObject({ at: 1 }), closing]);
    expect(await takings()).toEqual({ runs: { done: 1 }, ...takingsAfter(1, 2) });
  });

  test('is refused inside a transaction, with what to do instead', async () => {
    const inside = fair.app.get(UnitOfWork).run(() => fair.booth.sell(lamps));
    await expect(inside).rejects.toThrow(WorkflowInTransaction);
    await expect(inside).rejects.toThrow(/enqueue a task that runs it/);
  });
});

describe('A run that would rest for an hour after a failure', () => {
  let database: TestDatabase;
  let fair: Fair;
  beforeAll(async () => {
    database = await createTestDatabase();
    await Outside.prepare(database.url);
    fair = await openFair(database.url, 'by-binding', { backoff: { firstMs: HOUR_MS, maxMs: HOUR_MS }, awayMaxMs: 10 });
  });
  afterAll(async () => {
    await fair.app.close();
    await database.drop();
  });

  test('goes on soon after a module that was away is back', async () => {
    let absences = 5;
    fair.outside.weather = () => {
      if (absences-- > 0) throw new Away();
    };
    await fair.booth.sell(lamps);
    expect(await takingsOf(database.url)).toEqual({ runs: { done: 1 }, ...takingsAfter(1, 2) });
  });
});
