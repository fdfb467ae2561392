import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import { openLogModules } from './fuzz/log-modules.js';
import { runRandomUnits } from './fuzz/random-units.js';
import { startTurnCountingProxy } from './network/turn-counting-proxy.js';

/** `pnpm fuzz` runs longer, with a seed of your choice. */
describe('Random units of work leave exactly the rows that the model says', () => {
  let server: TestDatabase;
  beforeEach(async () => {
    server = await createTestDatabase();
  });
  afterEach(() => server.drop());

  const RIGHT = { lost: [], extra: [], wrongRoles: 0 };
  const seed = Date.now() % 1_000_000;

  test.each([1, 42, seed])('with seed %i', async (seed) => {
    const modules = await openLogModules(server.url, 6);
    const report = await runRandomUnits(modules, { seed, units: 150, callers: 12 });
    await modules.close();
    expect(report).toMatchObject(RIGHT);
    expect(report.outcomes.committed).toBeGreaterThan(10);
  });

  test('on a network that breaks messages into pieces', async () => {
    const proxy = await startTurnCountingProxy(server.url, 7);
    const modules = await openLogModules(proxy.url, 3);
    const report = await runRandomUnits(modules, { seed, units: 60, callers: 6 });
    await modules.close();
    await proxy.close();
    expect(report).toMatchObject(RIGHT);
  });
});
