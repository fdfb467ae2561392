import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runInContext } from '@macrolith/core';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import pg from 'pg';
import { type Fair, openFair } from './fair/fair.js';
import { Outside } from './fair/outside.js';
import { takingsAfter, takingsOf } from './fair/takings.js';
import { until } from './fair/until.js';
import { ended, startProgram } from './processes/run-program.js';

/** How many processes are at work at once. */
const HANDS = 3;

describe.each([
  ['by-binding', 'blue', 'done'],
  ['durable', 'none', 'store.no-paper'],
] as const)('Processes that die in a run, %s, with %s paper', (mode, paper, outcome) => {
  let database: TestDatabase;
  let administrator: pg.Client;
  let survivor: Fair;
  beforeAll(async () => {
    database = await createTestDatabase();
    await Outside.prepare(database.url);
    administrator = new pg.Client({ connectionString: database.url });
    await administrator.connect();
    survivor = await openFair(database.url, mode);
  });
  afterAll(async () => {
    await survivor.app.close();
    await administrator.end();
    await database.drop();
  });

  const sell = (key: string, point: number) =>
    ended(startProgram('sell.ts', database.url, mode, key, paper, String(point)));

  test('are survived, at whichever point each died: all that was begun is done as a whole, or nothing of it', async () => {
    const whole = await sell('whole', 0);
    expect(whole.errors).toBe('');
    const { points, outcome: told } = JSON.parse(whole.output) as { points: string[]; outcome: string };
    expect(told).toBe(outcome);
    expect(points.length).toBeGreaterThan(10);

    const fatal = points.map((_, index) => index + 1);
    let dead = 0;
    /** On a busy machine the survivor may take a run over before its process has come to the point where it dies. */
    const expectOvertaken = (output: string, point: number) => {
      const told = JSON.parse(output) as { points: string[]; outcome: string };
      expect(told.outcome).toBe(outcome);
      expect(told.points.length).toBeLessThan(point);
    };
    const hand = async () => {
      for (let point = fatal.shift(); point !== undefined; point = fatal.shift()) {
        const { output } = await sell(`dies at ${point}`, point);
        if (output === '') dead += 1;
        else expectOvertaken(output, point);
      }
    };
    await Promise.all(Array.from({ length: HANDS }, hand));
    expect(dead).toBeGreaterThan(points.length / 2);

    // Claims of the dead last a while: let them run out now.
    await administrator.query(`UPDATE bank.idempotency SET claimed_until = NULL;
      UPDATE store.idempotency SET claimed_until = NULL; UPDATE booth.idempotency SET claimed_until = NULL`);
    const open = async () => {
      const { runs } = await takingsOf(database.url);
      return (runs.running ?? 0) + (runs.compensating ?? 0);
    };
    await until('every run has ended', async () => (await open()) === 0);
    const { runs, ...takings } = await takingsOf(database.url);
    const begun = runs.done ?? runs.compensated;
    expect(runs).toEqual(outcome === 'done' ? { done: begun } : { compensated: begun });
    expect(takings).toEqual(takingsAfter(runs.done ?? 0, 2));

    // Whoever makes the call of a dead process again gets its outcome, or has it made now.
    for (let point = 1; point <= points.length; point += 1) {
      const again = runInContext({ idempotencyKey: `dies at ${point}` }, () =>
        survivor.booth.sell({ sku: 'lamp', quantity: 2, account: 'ada', paper }),
      );
      expect(
        await again.then(
          () => 'done',
          (error: { code?: string }) => error.code,
        ),
      ).toBe(outcome);
    }
    const all = await takingsOf(database.url);
    expect(all).toEqual({ runs: all.runs, ...takingsAfter(outcome === 'done' ? points.length + 1 : 0, 2) });
  });
});
