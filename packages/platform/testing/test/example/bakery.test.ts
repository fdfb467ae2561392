import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bootModule, hear, publishedEvents, type RunningModules, scenario, statementsOf } from '@macrolith/testing';
import { Bakery, BakeryModule } from '../village/bakery.js';
import { FakeMill, Mill } from '../village/mill.js';

const mill = new FakeMill();
let modules: RunningModules;
let bakery: Bakery;
beforeAll(async () => {
  modules = await bootModule(BakeryModule, { fakes: [[Mill, mill]] });
  bakery = modules.port(Bakery);
});
afterAll(() => modules.close());

test('a loaf is told once it is baked, and the mill sharpens its stone some time later', async () => {
  await mill.grind({ batch: 'rye', grams: 500 });

  await scenario(modules)
    .when(() => bakery.bake({ loaf: 'first', batch: 'rye' }))
    .thenState(
      () => mill.sharpened(),
      (stones) => stones.includes('stone of rye'),
    )
    .verify();

  expect(await publishedEvents(modules, Bakery.event.baked)).toEqual([{ loaf: 'first', batch: 'rye' }]);
});

test('a batch is announced when the mill has ground it', async () => {
  await hear(modules, Mill.event.ground, { batch: 'oats', grams: 900 });

  expect(await bakery.announced()).toEqual(['oats']);
});

test('a loaf costs two statements: its row, and the outbox with the event and the task', async () => {
  await mill.grind({ batch: 'wheat', grams: 500 });
  const bake = () => bakery.bake({ loaf: 'second', batch: 'wheat' });

  expect(await statementsOf(modules, 'bakery', bake)).toHaveLength(2);
});
