import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { bootModule, eventually, hear, type RunningModules } from '../src/index.js';
import { ModuleProcessGone } from '../src/module-process.js';
import { Kiln, KilnModule } from './village/kiln.js';
import { Mill } from './village/mill.js';

let modules: RunningModules;
let outbox: pg.Client;
beforeAll(async () => {
  modules = await bootModule(KilnModule, { binding: 'remote', file: new URL('./village/kiln.ts', import.meta.url) });
  outbox = new pg.Client(modules.databaseUrl);
  await outbox.connect();
});
afterAll(async () => {
  await outbox.end();
  await modules.close();
});

/** What became of a task, in the outbox of whoever asked for it in another application. */
async function delivery(type: string) {
  const { rows } = await outbox.query<{ state: string; attempts: number; failure: string | null }>(
    `SELECT state, attempts, failure FROM remote_test_caller.delivery JOIN remote_test_caller.outbox USING (position) WHERE type = $1
    ORDER BY position DESC LIMIT 1`,
    [type],
  );
  return rows[0]!;
}

test('the module runs in another process than the test', async () => {
  const { processId } = await modules.port(Kiln).diary();

  expect(processId).toBe(modules.process!.pid);
  expect(processId).not.toBe(process.pid);
});

test('an event that nobody wants in that process is refused here', async () => {
  const heard = hear(modules, Mill.event.ground, { batch: 'rye', grams: 100 });

  await expect(heard).rejects.toThrow('Nobody here subscribes to mill.ground');
});

test('a limit of the module holds for tasks that others have done, and those that wait do not count as failed', async () => {
  const pots = Array.from({ length: 8 }, (_, nth) => `pot ${nth}`);
  for (const pot of pots) await modules.port(Kiln).fire({ pot });

  const diary = await eventually(
    'All are fired',
    () => modules.port(Kiln).diary(),
    ({ fired }) => fired.length === pots.length,
    { withinMs: 30_000 },
  );

  expect(diary.fired.toSorted()).toEqual(pots);
  expect(diary.mostInside).toBe(2);
  const ends = async () =>
    (await outbox.query('SELECT DISTINCT state, attempts FROM remote_test_caller.delivery')).rows;
  const isOver = (rows: readonly { state: string }[]) => rows.every(({ state }) => state === 'done');
  expect(await eventually('All are closed', ends, isOver)).toEqual([{ state: 'done', attempts: 1 }]);
});

test('a task that fails is repeated by whoever asked for it as its module wants it to be, and the log of its process is shown', async () => {
  const shown = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  await modules.port(Kiln).glaze({ pot: 'vase' });
  await modules.port(Kiln).polish({ pot: 'vase' });
  const isDead = ({ state }: { state: string }) => state === 'dead';

  const glazed = await eventually('The end of glazing', () => delivery('kiln.glaze'), isDead);
  const polished = await eventually('The end of polishing', () => delivery('kiln.polish'), isDead);

  expect([glazed.attempts, polished.attempts]).toEqual([3, 1]);
  expect(glazed.failure).toContain('UnexpectedError');
  expect(shown.mock.calls.join()).toContain('it has cracked');
  shown.mockRestore();
});

test('while nobody does the task it waits, and that counts as no attempt', async () => {
  await modules.process!.stop();

  await modules.port(Kiln).polish({ pot: 'bowl' });

  const waiting = await eventually(
    'The first try',
    () => delivery('kiln.polish'),
    ({ failure }) => failure !== null,
  );
  expect(waiting).toMatchObject({
    state: 'open',
    attempts: 0,
    failure: expect.stringContaining('no process serves it'),
  });
});

test('an event is not heard once the process is gone', async () => {
  await modules.process!.stop();

  await expect(hear(modules, Mill.event.ground, { batch: 'rye', grams: 100 })).rejects.toThrow(ModuleProcessGone);
});
