import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import fc from 'fast-check';
import { type Fair, openFair } from './fair/fair.js';
import { Outside } from './fair/outside.js';
import { takingsAfter, takingsOf } from './fair/takings.js';
import { until } from './fair/until.js';
import { atEveryPoint } from './processes/points.js';

describe.each(['by-binding', 'durable'] as const)('Runs with faults, %s', (mode) => {
  let database: TestDatabase;
  let fair: Fair;
  /** Whether the next point fails, asked at each. */
  let fails: () => boolean = () => false;
  beforeAll(async () => {
    database = await createTestDatabase();
    await Outside.prepare(database.url);
    fair = await openFair(database.url, mode);
    const fault = (point: string) => {
      if (fails()) throw new Error(`a fault ${point}`);
    };
    atEveryPoint(fair.app, fault);
    fair.outside.weather = (act, moment) => fault(`${moment} ${act} outside`);
  });
  afterAll(async () => {
    await fair.app.close();
    await database.drop();
  });

  const wish = fc.record({
    sku: fc.constant('lamp'),
    quantity: fc.constant(1),
    account: fc.constantFrom('ada', 'ada', 'ada', 'empty'),
    paper: fc.constantFrom('blue', 'blue', 'none'),
  });
  const faults = fc.infiniteStream(fc.integer({ min: 0, max: 99 }).map((n) => n < 12));

  test('end with all of their effects or with none, wherever the faults were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 6 }), faults, async (wishes, stream) => {
        fails = () => stream.next().value as boolean;
        await Promise.allSettled(wishes.map((each) => fair.booth.sell(each)));
        await until('every run has ended', async () => {
          const { runs } = await takingsOf(database.url);
          return (runs.running ?? 0) + (runs.compensating ?? 0) === 0;
        });
        fails = () => false;
        const { runs, ...takings } = await takingsOf(database.url);
        expect(takings).toEqual(takingsAfter(runs.done ?? 0, 1));
      }),
      { numRuns: 25 },
    );
  });
});
