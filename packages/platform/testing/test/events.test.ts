import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UnitOfWork } from '@macrolith/core';
import { bootModule, DidNotHappen, hear, publishedEvents, type RunningModules, scenario } from '../src/index.js';
import { Bakery, BakeryModule } from './village/bakery.js';
import { FakeMill, Mill, MillModule } from './village/mill.js';

const SOON = { withinMs: 100 };

let village: RunningModules;
let bakery: Bakery;
let mill: Mill;
beforeAll(async () => {
  village = await bootModule([BakeryModule, MillModule]);
  bakery = village.port(Bakery);
  mill = village.port(Mill);
});
afterAll(() => village.close());

describe('publishedEvents', () => {
  test('tells the events of a module, the oldest first', async () => {
    await mill.grind({ batch: 'one', grams: 600 });
    await mill.grind({ batch: 'two', grams: 600 });

    const batches = (await publishedEvents(village, Mill.event.ground)).map(({ batch }) => batch);

    expect(batches.filter((batch) => batch === 'one' || batch === 'two')).toEqual(['one', 'two']);
  });

  test('tells of an event once it is committed, and never of one that was rolled back', async () => {
    const loaves = async () => (await publishedEvents(village, Bakery.event.baked)).map(({ loaf }) => loaf);
    await mill.grind({ batch: 'committed', grams: 500 });
    const duringTransaction = await village.get(UnitOfWork).run(async () => {
      await bakery.bake({ loaf: 'kept', batch: 'committed' });
      return loaves();
    });
    await expect(bakery.bake({ loaf: 'undone', batch: 'committed' })).rejects.toThrow('Only 0 g');

    expect(duringTransaction).not.toContain('kept');
    expect(await loaves()).toContain('kept');
    expect(await loaves()).not.toContain('undone');
  });

  test('cannot tell what a module that is not booted says', async () => {
    const alone = await bootModule(BakeryModule, { fakes: [[Mill, new FakeMill()]] });
    try {
      await expect(publishedEvents(alone, Mill.event.ground)).rejects.toThrow("'mill' is not booted here");
    } finally {
      await alone.close();
    }
  });
});

describe('hear', () => {
  let alone: RunningModules;
  const announced = () => alone.port(Bakery).announced();
  beforeAll(async () => {
    alone = await bootModule(BakeryModule, { fakes: [[Mill, new FakeMill()]] });
  });
  afterAll(() => alone.close());

  test('lets a subscriber hear an event of a module that is not here', async () => {
    await hear(alone, Mill.event.ground, { batch: 'heard', grams: 1 });

    expect(await announced()).toContain('heard');
  });

  test('acts out a redelivery, which has no second effect', async () => {
    const messageId = randomUUID();
    await hear(alone, Mill.event.ground, { batch: 'twice', grams: 1 }, { messageId });
    await hear(alone, Mill.event.ground, { batch: 'twice', grams: 1 }, { messageId });

    expect((await announced()).filter((batch) => batch === 'twice')).toEqual(['twice']);
  });

  test('hands on what the subscriber throws, and nothing of its effect is kept', async () => {
    const heard = hear(alone, Mill.event.ground, { batch: 'nul \u0000', grams: 1 });

    await expect(heard).rejects.toThrow();
    expect((await announced()).filter((batch) => batch.startsWith('nul'))).toEqual([]);
  });

  test('refuses an event that is none, and one that nobody here listens to', async () => {
    const wrong = { batch: 'wrong', grams: 'many' } as never;

    await expect(hear(alone, Mill.event.ground, wrong)).rejects.toThrow('mill.ground');
    await expect(hear(alone, Bakery.event.baked, { loaf: 'l', batch: 'b' })).rejects.toThrow(
      'Nobody here subscribes to bakery.baked.v1',
    );
  });
});

describe('A scenario', () => {
  test('does something, waits for its event, and verifies', async () => {
    await mill.grind({ batch: 'morning', grams: 500 });

    const outcome = await scenario(village)
      .when(() => bakery.bake({ loaf: 'morning loaf', batch: 'morning' }))
      .thenEvent(Bakery.event.baked)
      .verify(({ event }) => expect(event).toEqual({ loaf: 'morning loaf', batch: 'morning' }));

    expect(outcome).toEqual({ result: undefined, event: { loaf: 'morning loaf', batch: 'morning' } });
  });

  test('waits for an event that was not there before', async () => {
    await mill.grind({ batch: 'old', grams: 1 });

    const idle = scenario(village)
      .when(async () => {})
      .thenEvent(Mill.event.ground, ({ batch }) => batch === 'old', SOON)
      .verify();

    await expect(idle).rejects.toThrow(DidNotHappen);
  });

  test('waits for a state that comes later', async () => {
    await scenario(village)
      .when(() => mill.grind({ batch: 'later', grams: 1 }))
      .thenState(
        () => bakery.announced(),
        (batches) => batches.includes('later'),
      )
      .verify(({ state }) => expect(state).toContain('later'));
  });

  test('that does not come about says what it waited for and what was there instead', async () => {
    const baking = scenario(village).when(() => mill.grind({ batch: randomUUID(), grams: 7 }));

    await expect(baking.thenEvent(Mill.event.ground, ({ grams }) => grams === 8, SOON).verify()).rejects.toThrow(
      /^The event mill\.ground\.v1 did not happen within 100 ms\. Last seen: \[ \{.*grams: 7 \} \]$/,
    );
    const state = baking.thenState(
      () => mill.left({ batch: 'none' }),
      (grams) => grams > 0,
      SOON,
    );
    await expect(state.verify()).rejects.toThrow('The expected state did not happen within 100 ms. Last seen: 0');
  });

  test('ends with the error of what is done, or of what is verified', async () => {
    const failing = scenario(village).when(() => mill.take({ batch: 'none', grams: 1 }));
    await expect(failing.thenEvent(Mill.event.ground).verify()).rejects.toThrow('Only 0 g of batch none');

    const verified = scenario(village)
      .when(async () => 1)
      .thenState(
        () => 1,
        () => true,
      )
      .verify(() => Promise.reject(new Error('not what was wanted')));
    await expect(verified).rejects.toThrow('not what was wanted');
  });
});
