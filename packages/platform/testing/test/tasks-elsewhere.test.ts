import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type InputOf, Port, task, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { limit, retry, tasks } from '@macrolith/events';
import { CallServer } from '@macrolith/nats';
import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { bootModule, eventually, type RunningModules } from '../src/index.js';

const Pot = z.object({ pot: z.string() });

abstract class Kiln extends Port({
  name: 'kiln',
  version: '1.0.0',
  operations: {
    /** Two at once. */
    fire: task({ input: Pot }),
    /** Never goes well, and is tried three times. */
    glaze: task({ input: Pot }),
    /** Never goes well, and is tried once. */
    polish: task({ input: Pot }),
  },
}) {}

@Injectable()
class KilnService implements Kiln {
  private inside = 0;
  mostInside = 0;
  readonly fired: string[] = [];
  /** No pot is done before it resolves. */
  hot: Promise<void> = Promise.resolve();

  async fire({ pot }: InputOf<Kiln['fire']>) {
    this.inside += 1;
    this.mostInside = Math.max(this.mostInside, this.inside);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await this.hot;
    this.inside -= 1;
    this.fired.push(pot);
  }

  async glaze() {
    throw new Error('it has cracked');
  }

  async polish() {
    throw new Error('no cloth');
  }
}

@LocalModule(defineModule(Kiln, { owner: 'team-pots' }), {
  provider: KilnService,
  features: [
    database(),
    tasks([
      limit(Kiln.op.fire, 2),
      retry(Kiln.op.glaze, { maxAttempts: 3, backoff: { firstMs: 1, maxMs: 5 } }),
      retry(Kiln.op.polish, { maxAttempts: 1 }),
    ]),
  ],
})
class KilnModule {}

let modules: RunningModules;
let outbox: pg.Client;
beforeAll(async () => {
  modules = await bootModule(KilnModule, { binding: 'remote' });
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

test('a limit of the module holds for tasks that others have done, and those that wait do not count as failed', async () => {
  const pots = Array.from({ length: 8 }, (_, nth) => `pot ${nth}`);
  const kiln = modules.get(KilnService);
  const { promise: hot, resolve: heat } = Promise.withResolvers<void>();
  kiln.hot = hot;
  for (const pot of pots) await modules.port(Kiln).fire({ pot });
  await eventually(
    'Two are inside',
    () => kiln.mostInside,
    (inside) => inside >= 2,
  );
  heat();

  await eventually(
    'All are fired',
    () => kiln.fired,
    (fired) => fired.length === pots.length,
  );

  expect(kiln.fired.toSorted()).toEqual(pots);
  expect(kiln.mostInside).toBe(2);
  const ends = async () =>
    (await outbox.query('SELECT DISTINCT state, attempts FROM remote_test_caller.delivery')).rows;
  const isOver = (rows: readonly { state: string }[]) => rows.every(({ state }) => state === 'done');
  expect(await eventually('All are closed', ends, isOver)).toEqual([{ state: 'done', attempts: 1 }]);
});

test('a task that fails is repeated by whoever asked for it as its module wants it to be', async () => {
  await modules.port(Kiln).glaze({ pot: 'vase' });
  await modules.port(Kiln).polish({ pot: 'vase' });
  const isDead = ({ state }: { state: string }) => state === 'dead';

  const glazed = await eventually('The end of glazing', () => delivery('kiln.glaze'), isDead);
  const polished = await eventually('The end of polishing', () => delivery('kiln.polish'), isDead);

  expect([glazed.attempts, polished.attempts]).toEqual([3, 1]);
  expect(glazed.failure).toContain('UnexpectedError');
});

test('while nobody does the task it waits, and that counts as no attempt', async () => {
  await modules.get(CallServer).close();

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
