import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bootModule, eventually, hear, type RunningModules, statementsOf } from '../src/index.js';
import { Bakery, BakeryModule } from './village/bakery.js';
import { Mill, MillModule } from './village/mill.js';

let village: RunningModules;
let bakery: Bakery;
let mill: Mill;
beforeAll(async () => {
  village = await bootModule([BakeryModule, MillModule]);
  bakery = village.port(Bakery);
  mill = village.port(Mill);
});
afterAll(() => village.close());

const verbOf = (statement: string) => /SELECT|INSERT|UPDATE/.exec(statement)?.[0];

test('tells which statements a module sent during some work, its outbox among them', async () => {
  await mill.grind({ batch: 'rye', grams: 500 });
  const bake = () => bakery.bake({ loaf: 'first', batch: 'rye' });

  const statements = await statementsOf(village, 'bakery', bake);

  expect(statements).toEqual([
    expect.stringMatching(/^INSERT INTO "bakery"."loaf"/),
    expect.stringContaining('INSERT INTO bakery.outbox'),
  ]);
});

test('tells of one module, also when others take part in the work', async () => {
  await mill.grind({ batch: 'oats', grams: 500 });
  const bake = () => bakery.bake({ loaf: 'second', batch: 'oats' });

  const statements = await statementsOf(village, 'mill', bake);

  expect(statements.map(verbOf)).toEqual(['SELECT', 'UPDATE']);
});

test('does not tell what the relay and its subscribers do with it, however long the work takes', async () => {
  const statements = await statementsOf(village, 'bakery', async () => {
    await mill.grind({ batch: 'wheat', grams: 1 });
    await eventually(
      'The announcement of wheat',
      async () => (await bakery.announced()).includes('wheat'),
      (heard) => heard,
    );
  });

  expect(new Set(statements.map(verbOf))).toEqual(new Set(['SELECT']));
  expect(statements.filter((statement) => !statement.includes('"announcement"'))).toEqual([]);
});

test('tells what a subscriber does with an event that the work lets it hear', async () => {
  const statements = await statementsOf(village, 'bakery', () =>
    hear(village, Mill.event.ground, { batch: 'heard', grams: 1 }),
  );

  expect(statements).toEqual([
    expect.stringContaining('INSERT INTO bakery.inbox'),
    expect.stringContaining('INSERT INTO "bakery"."announcement"'),
  ]);
});

test('keeps works that run at the same time apart', async () => {
  const [one, three] = await Promise.all([
    statementsOf(village, 'mill', () => mill.left({ batch: 'a' })),
    statementsOf(village, 'mill', () => Promise.all(['a', 'b', 'c'].map((batch) => mill.left({ batch })))),
  ]);

  expect([one.length, three.length]).toEqual([1, 3]);
});

test('leaves an error of the work alone, and counts nothing afterwards', async () => {
  const statements: (readonly string[])[] = [];
  const take = () => mill.take({ batch: 'none', grams: 1 });

  await expect(statementsOf(village, 'mill', take)).rejects.toThrow('Only 0 g');
  statements.push(await statementsOf(village, 'mill', async () => {}));
  await mill.left({ batch: 'a' });

  expect(statements).toEqual([[]]);
});

test('refuses a module that has no schema here', async () => {
  await expect(statementsOf(village, 'smithy', async () => {})).rejects.toThrow("'smithy'");
});
