import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FROM_SOURCE } from '@macrolith/jest/from-source';
import {
  after,
  crash,
  createTestDatabase,
  type RunningProgram,
  startProgram,
  type TestDatabase,
} from '@macrolith/local-services';
import { until } from './until.js';
import { openWorkshop, Workshop } from './workshop.js';
import { WorkshopRecords } from './workshop-records.js';

let database: TestDatabase;
let records: WorkshopRecords;
const running: RunningProgram[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
  records = new WorkshopRecords(database.url);
  await records.open();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.kill()));
  await records.close();
  await database.drop();
});

const program = {
  file: fileURLToPath(new URL('./programs/workshop.ts', import.meta.url)),
  nodeOptions: FROM_SOURCE,
  environment: { RULES: 'three at once' },
};

async function start(): Promise<void> {
  const environment = { ...program.environment, DATABASE_URL: database.url };
  const started = startProgram({ ...program, environment });
  running.push(started);
  await started.ready;
}

/** Places work from a process that does none of it. */
async function place(count: number): Promise<void> {
  const desk = await openWorkshop(database.url, {}, { enabled: false });
  for (let nth = 0; nth < count; nth += 1) {
    await desk.clerk.tasks.enqueue(Workshop.op.paint, { piece: `piece ${nth}`, takesMs: 50 });
  }
  await desk.close();
}

const nothingOwed = () => until(async () => (await records.owed()) === 0, 120_000);

test('several processes together are never at a limited task more often than it may', async () => {
  await Promise.all([start(), start(), start()]);
  await place(60);

  await nothingOwed();
  const jobs = await records.jobs();
  expect(jobs).toHaveLength(60);
  expect(new Set(jobs.map(({ process }) => process)).size).toBeGreaterThan(1);
  expect(await records.mostAtOnce('paint')).toBe(3);
});

test('a process that dies with slots in its hands costs some time, and nobody goes past the limit', async () => {
  await place(20);
  await crash(program, { databaseUrl: database.url, at: after(/INSERT INTO workshop\.job/), nth: 2 });
  expect(await records.query('SELECT FROM workshop.task_slot WHERE holder IS NOT NULL')).not.toHaveLength(0);

  await Promise.all([start(), start()]);

  await nothingOwed();
  expect(new Set(await records.pieces()).size).toBe(20);
  expect(await records.mostAtOnce('paint')).toBeLessThanOrEqual(3);
});
