import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { UnitOfWork } from '@macrolith/core';
import { bootModule, DidNotHappen, deadLetters, publish, type RunningModules, settled } from '../src/index.js';
import { Bakery, BakeryModule } from './village/bakery.js';
import { FakeMill, Mill, MillModule, MillService } from './village/mill.js';

let village: RunningModules;
beforeEach(async () => {
  village = await bootModule([BakeryModule, MillModule], { events: { maxAttempts: 2 } });
});
afterEach(() => village.close());

test('an event that a test publishes is heard as if its module had said it', async () => {
  await publish(village, Mill.event.ground, { batch: 'rye', grams: 500 });

  await settled(village);

  expect(await village.port(Bakery).announced()).toEqual(['rye']);
});

test('an event that a test publishes in a transaction that rolls back was never said', async () => {
  const undone = village.get(UnitOfWork).run(async () => {
    await publish(village, Mill.event.ground, { batch: 'rye', grams: 500 });
    throw new Error('the flour was wet');
  });
  await expect(undone).rejects.toThrow('the flour was wet');

  await settled(village);

  expect(await village.port(Bakery).announced()).toEqual([]);
});

test('an event of a module that is not here cannot be published', async () => {
  const alone = await bootModule(BakeryModule, { fakes: [[Mill, new FakeMill()]] });
  const published = publish(alone, Mill.event.ground, { batch: 'rye', grams: 500 });
  await expect(published).rejects.toThrow(/'mill' is not booted here.*hear\(\)/s);
  await alone.close();
});

test('all is settled when every task that followed has been done', async () => {
  await village.port(Mill).grind({ batch: 'rye', grams: 500 });
  await village.port(Bakery).bake({ loaf: 'first', batch: 'rye' });

  await settled(village);

  expect(await village.port(Mill).sharpened()).toEqual(['stone of rye']);
  expect(await deadLetters(village)).toEqual([]);
});

test('what failed for good is a dead letter, and settled', async () => {
  const mill = village.get(MillService);
  Object.assign(mill, { sharpen: () => Promise.reject(new Error('The stone is lost.')) });
  await village.port(Mill).sharpen({ stone: 'old' });

  await settled(village);

  expect(await deadLetters(village)).toMatchObject([
    {
      type: 'mill.sharpen',
      consumer: 'mill.sharpen',
      state: 'dead',
      attempts: 2,
      failure: 'Error: The stone is lost.',
    },
  ]);
});

test('what is still owed when patience runs out is told', async () => {
  const stuck = await bootModule([BakeryModule, MillModule], { events: { enabled: false } });
  await stuck.port(Mill).grind({ batch: 'rye', grams: 500 });

  const failure = settled(stuck, { withinMs: 50 });

  await expect(failure).rejects.toThrow(DidNotHappen);
  await expect(failure).rejects.toThrow(/mill\.ground\.v1.*bakery\.note.*due/s);
  await stuck.close();
});
