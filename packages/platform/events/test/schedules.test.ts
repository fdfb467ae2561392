import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UnitOfWork } from '@macrolith/core';
import { InvalidSchedule, type Schedule, schedule, TaskSink } from '@macrolith/events';
import { FROM_SOURCE } from '@macrolith/jest/from-source';
import {
  afterCommitOf,
  beforeCommitOf,
  type CrashPoint,
  crash,
  createTestDatabase,
  type RunningProgram,
  startProgram,
  type TestDatabase,
} from '@macrolith/local-services';
import { ModuleSchedules } from '../src/schedules/module-schedules.js';
import { until } from './until.js';
import { type OpenWorkshop, openWorkshop, Workshop } from './workshop.js';
import { WorkshopRecords } from './workshop-records.js';

const { sand } = Workshop.op;
const at = (time: string) => Date.parse(`2026-11-26T${time}Z`);

let database: TestDatabase;
let records: WorkshopRecords;
beforeEach(async () => {
  database = await createTestDatabase();
  records = new WorkshopRecords(database.url);
  await records.open();
});
afterEach(async () => {
  await records.close();
  await database.drop();
});

async function placed(): Promise<string[]> {
  const rows = await records.query<{ piece: string }>(
    `SELECT data ->> 'piece' AS piece FROM desk.outbox WHERE kind = 'task' ORDER BY position`,
  );
  return rows.map(({ piece }) => piece);
}

describe('a schedule', () => {
  let workshop: OpenWorkshop;
  beforeEach(async () => {
    workshop = await openWorkshop(database.url, {}, { enabled: false });
  });
  afterEach(() => workshop.close());

  /** The schedules as a process of its own would keep them. */
  const process = (...schedules: Schedule[]) =>
    new ModuleSchedules(
      {
        database: workshop.database.of('desk'),
        unitOfWork: workshop.get(UnitOfWork),
        tasks: workshop.get(TaskSink),
      },
      schedules,
    );
  const hourly = (cron = '0 * * * *') =>
    schedule('hourly', {
      cron,
      task: sand,
      input: (tick) => ({ piece: tick.toISOString().slice(11, 16) }),
    });

  test('that is new begins with the next tick', async () => {
    const one = process(hourly());
    await one.register(at('06:30:00'));
    expect(await one.placeDue(at('06:30:00'))).toBe(at('07:00:00'));
    expect(await placed()).toEqual([]);
    expect(await one.placeDue(at('07:00:00'))).toBe(at('08:00:00'));
    expect(await placed()).toEqual(['07:00']);
    await one.placeDue(at('07:59:59'));
    expect(await placed()).toEqual(['07:00']);
  });

  test('places one task for each tick, however many processes keep it', async () => {
    const processes = Array.from({ length: 8 }, () => process(hourly()));
    for (const each of processes) await each.register(at('06:30:00'));
    for (const hour of ['07', '08', '09']) {
      await Promise.all(processes.map((each) => each.placeDue(at(`${hour}:00:00`))));
    }
    expect(await placed()).toEqual(['07:00', '08:00', '09:00']);
  });

  test('places one task for all the ticks that nobody was there for: that of the latest', async () => {
    await process(hourly()).register(at('06:30:00'));
    const later = process(hourly());
    await later.register(at('11:20:00'));
    expect(await later.placeDue(at('11:20:00'))).toBe(at('12:00:00'));
    expect(await placed()).toEqual(['11:00']);
  });

  test('whose terms have changed begins anew', async () => {
    await process(hourly()).register(at('06:30:00'));
    const changed = process(hourly('15 * * * *'));
    await changed.register(at('11:20:00'));
    await changed.placeDue(at('11:20:00'));
    expect(await placed()).toEqual([]);
    await changed.placeDue(at('12:15:00'));
    expect(await placed()).toEqual(['12:15']);
  });

  test('that is gone places nothing any more, in no process', async () => {
    const old = process(hourly());
    await old.register(at('06:30:00'));
    await process().register(at('06:40:00'));
    expect(await old.placeDue(at('07:00:00'))).toBeUndefined();
    expect(await placed()).toEqual([]);
  });

  test('that cannot be kept is refused where it is declared', () => {
    const input = { piece: 'floor' };
    expect(() => schedule('Every Day', { cron: '0 6 * * *', task: sand, input })).toThrow(InvalidSchedule);
    expect(() => schedule('daily', { cron: 'at six', task: sand, input })).toThrow(InvalidSchedule);
    expect(() => schedule('daily', { cron: '0 6 * * *', task: sand, input: { piece: 6 } as never })).toThrow(/sand/);
  });
});

describe('schedules of real processes', () => {
  const file = fileURLToPath(new URL('./programs/workshop.ts', import.meta.url));
  const program = (databaseUrl: string) => ({
    file,
    nodeOptions: FROM_SOURCE,
    environment: { DATABASE_URL: databaseUrl, RULES: 'every second' },
  });
  const running: RunningProgram[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((each) => each.kill()));
  });

  async function start(): Promise<RunningProgram> {
    const started = startProgram(program(database.url));
    running.push(started);
    await started.ready;
    return started;
  }

  test('place one task a tick together, and do it once', async () => {
    await Promise.all([start(), start(), start()]);
    await until(async () => (await placed()).length >= 4);
    await Promise.all(running.splice(0).map((each) => each.stop()));
    const ticks = await placed();
    expect(new Set(ticks).size).toBe(ticks.length);
    const pieces = await records.pieces();
    expect(new Set(pieces).size).toBe(pieces.length);
  });

  test.each<[string, CrashPoint]>([
    ['before a tick is committed', beforeCommitOf(/UPDATE desk\.schedule/)],
    ['after a tick is committed', afterCommitOf(/UPDATE desk\.schedule/)],
  ])('lose no tick and place none twice when one is killed %s', async (_, point) => {
    const { moment } = await crash(program(database.url), { databaseUrl: database.url, at: point, nth: 2 });
    expect(moment.transaction.some((statement) => /INSERT INTO desk\.outbox/.test(statement))).toBe(true);
    const before = await placed();
    expect(before).toHaveLength(point.name.startsWith('before') ? 1 : 2);

    await start();

    await until(async () => (await placed()).length >= before.length + 2);
    const ticks = await placed();
    expect(new Set(ticks).size).toBe(ticks.length);
    expect(ticks.slice(0, before.length)).toEqual(before);
    expect([...ticks].sort()).toEqual(ticks);
  });
});
