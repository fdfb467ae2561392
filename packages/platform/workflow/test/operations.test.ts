import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { runInContext, WorkflowCancelled } from '@macrolith/core';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import pg from 'pg';
import {
  InterventionUnexplained,
  KeepsNoRuns,
  RunHasEnded,
  RunNotCancellable,
  RunNotFound,
  WorkflowOperations,
} from '../src/index.js';
import { type Fair, openFair } from './fair/fair.js';
import { Outside } from './fair/outside.js';
import { takingsAfter, takingsOf } from './fair/takings.js';
import { until } from './fair/until.js';

const lamps = { sku: 'lamp', quantity: 1, account: 'ada', paper: 'blue' };
const byAda = { who: 'ada', why: 'the customer called' };

describe('What people can see of runs, and do to them', () => {
  let database: TestDatabase;
  let administrator: pg.Client;
  let fair: Fair;
  let operations: WorkflowOperations;
  beforeAll(async () => {
    database = await createTestDatabase();
    await Outside.prepare(database.url);
    administrator = new pg.Client({ connectionString: database.url });
    await administrator.connect();
    fair = await openFair(database.url, 'by-binding', { stuckAfter: 2, backoff: { firstMs: 1, maxMs: 2 } });
    operations = fair.app.get(WorkflowOperations);
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

  const newest = async () => (await operations.list('booth', { limit: 1 })).items[0]!;
  const shown = async () => operations.show('booth', (await newest()).id);
  const patiently = <T>(work: () => Promise<T>) => runInContext({ deadlineAt: Date.now() + 60_000 }, work);
  /** Only between two attempts: one that is under way would make the run due again when it fails, or end it. */
  const restsForAnHour = async () => {
    const rested = await administrator.query(
      `UPDATE booth.workflow_run SET due_at = now() + interval '1 hour' WHERE leased_until IS NULL`,
    );
    return rested.rowCount === 1;
  };
  /** Begins a sale that the bank does not answer until it is told to. */
  const slowSale = async () => {
    const { promise, resolve: open } = Promise.withResolvers<void>();
    fair.outside.weather = (_act, moment) => (moment === 'before' ? promise : undefined);
    const sale = patiently(() => fair.booth.sell(lamps));
    sale.catch(() => {});
    await until('the sale has begun', async () => (await operations.list('booth')).items.length === 1);
    return { sale, open };
  };

  test('lists the newest first, page by page, by status and by workflow', async () => {
    for (let n = 0; n < 3; n += 1) await fair.booth.sell(lamps);
    await expect(fair.booth.sell({ ...lamps, paper: 'none' })).rejects.toThrow();

    const first = await operations.list('booth', { limit: 3 });
    const second = await operations.list('booth', { limit: 3, cursor: first.nextCursor! });
    expect(first.items.map(({ status }) => status)).toEqual(['compensated', 'done', 'done']);
    expect(second.items.map(({ status }) => status)).toEqual(['done']);
    expect(second).not.toHaveProperty('nextCursor');
    expect((await operations.list('booth', { status: 'compensated' })).items).toMatchObject([
      { refusal: 'No paper is left.', failure: null, cancelledFor: null },
    ]);
    expect((await operations.list('booth', { workflow: 'booth.other' })).items).toEqual([]);
    expect(operations.modules).toEqual(['booth']);
    await expect(operations.list('bank')).rejects.toThrow(KeepsNoRuns);
  });

  test('shows what each step was sent and has answered', async () => {
    await expect(
      runInContext({ principal: { id: 'ada' }, correlationId: 'story-1' }, () =>
        fair.booth.sell({ ...lamps, paper: 'none' }),
      ),
    ).rejects.toThrow();
    const run = await shown();
    expect(run).toMatchObject({
      workflow: 'booth.sell',
      status: 'compensated',
      isHeld: false,
      canBeCancelled: false,
      input: { sku: 'lamp', paper: 'none' },
      context: { principal: { id: 'ada' }, correlationId: 'story-1' },
      error: { code: 'store.no-paper', operation: 'store.wrap' },
    });
    expect(run.steps.map(({ name, direction, state }) => `${name} ${direction} ${state}`)).toEqual([
      'price do done',
      'sale do done',
      'goods do done',
      'money do done',
      'parcel do refused',
      'money undo done',
      'goods undo done',
      'sale undo done',
    ]);
    expect(run.steps[3]).toMatchObject({
      input: { account: 'ada', amount: 5 },
      output: { chargeId: `${run.id}/money` },
    });
  });

  test('a run that fails again and again is stuck, says why, and is done at once when it is tried again', async () => {
    let isClosed = true;
    fair.outside.weather = () => {
      if (isClosed) throw new Error('the bank is closed');
    };
    const sale = patiently(() => fair.booth.sell(lamps));
    await until('the run is stuck', async () => (await newest())?.status === 'stuck');
    expect(await shown()).toMatchObject({
      failure: expect.stringContaining('the bank is closed'),
      canBeCancelled: true,
    });
    expect((await operations.list('booth', { status: 'stuck' })).items).toHaveLength(1);
    expect((await shown()).steps.find(({ name }) => name === 'money')!.attempts).toBeGreaterThan(1);

    await until('the run rests for an hour', restsForAnHour);
    isClosed = false;
    await operations.retry('booth', (await newest()).id, byAda);
    await sale;
    expect(await shown()).toMatchObject({
      status: 'done',
      attempts: 0,
      failure: null,
      interventions: [{ action: 'retry', ...byAda }],
    });
  });

  test('a run that is cancelled takes back what it has done, also what was under way, and tells its caller', async () => {
    const { sale, open } = await slowSale();
    const { id } = await newest();
    await operations.cancel('booth', id, byAda);
    open();
    await expect(sale).rejects.toMatchObject({ code: 'macrolith.workflow-cancelled', runId: id, reason: byAda.why });
    await expect(sale).rejects.toBeInstanceOf(WorkflowCancelled);
    expect(await takingsOf(database.url)).toEqual({ runs: { cancelled: 1 }, ...takingsAfter(0, 1) });
    expect(await shown()).toMatchObject({ interventions: [{ action: 'cancel', ...byAda }], cancelledFor: byAda.why });
    expect(await newest()).toMatchObject({ status: 'cancelled', cancelledFor: byAda.why, refusal: null });
    await expect(operations.cancel('booth', id, byAda)).rejects.toThrow(RunHasEnded);
  });

  test('a run is not cancelled twice, nor past the point of no return, nor when it has ended', async () => {
    const { sale, open } = await slowSale();
    const { id } = await newest();
    await administrator.query('UPDATE booth.workflow_run SET past_return = true');
    await expect(operations.cancel('booth', id, byAda)).rejects.toMatchObject({ reason: 'past-return' });
    await administrator.query('UPDATE booth.workflow_run SET past_return = false');
    await operations.cancel('booth', id, byAda);
    await expect(operations.cancel('booth', id, byAda)).rejects.toMatchObject({ reason: 'compensating' });
    await expect(operations.cancel('booth', id, byAda)).rejects.toBeInstanceOf(RunNotCancellable);
    open();
    await expect(sale).rejects.toThrow(WorkflowCancelled);
    await expect(operations.retry('booth', id, byAda)).rejects.toMatchObject({ status: 'cancelled' });
  });

  test('whoever intervenes says who and why', async () => {
    await fair.booth.sell(lamps);
    const { id } = await newest();
    await expect(operations.retry('booth', id, { who: ' ', why: 'x' })).rejects.toMatchObject({ missing: 'who' });
    await expect(operations.cancel('booth', id, { who: 'ada', why: '' })).rejects.toThrow(InterventionUnexplained);
    await expect(operations.show('booth', '00000000-0000-4000-8000-000000000000')).rejects.toThrow(RunNotFound);
    await expect(operations.cancel('booth', 'nonsense', byAda)).rejects.toThrow(RunNotFound);
  });

  test('a run of another version is left alone, is shown as held, and goes on where its version is', async () => {
    const { sale, open } = await slowSale();
    const { id } = await newest();
    await administrator.query('UPDATE booth.workflow_run SET version = 2, lease = NULL, leased_until = NULL');
    expect(await shown()).toMatchObject({ isHeld: true, status: 'running' });
    open();
    await operations.retry('booth', id, byAda);
    await until('the bank has answered', async () => (await takingsOf(database.url)).charges === 1);
    expect(await shown()).toMatchObject({ isHeld: true, status: 'running' });

    await administrator.query('UPDATE booth.workflow_run SET version = 1');
    expect(await sale).toMatchObject({ at: 1 });
    expect(await takingsOf(database.url)).toEqual({ runs: { done: 1 }, ...takingsAfter(1, 1) });
  });
});
