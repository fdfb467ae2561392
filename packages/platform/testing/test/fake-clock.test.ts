import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EventOperations } from '@macrolith/events/operations';
import { bootModule, eventually, FakeClock, type RunningModules, settled } from '../src/index.js';
import { NightWatch, NightWatchModule } from './village/night-watch.js';

const HOUR = 3_600_000;

describe('a fake clock', () => {
  test('stands still until it is told to go on', async () => {
    const clock = new FakeClock('2026-06-01T20:30:00Z');
    expect(new Date(clock.now()).toISOString()).toBe('2026-06-01T20:30:00.000Z');
    await clock.advance(90_000);
    expect(new Date(clock.now()).toISOString()).toBe('2026-06-01T20:31:30.000Z');
  });

  test('rings in order, each at its own time, and waits for what that leads to', async () => {
    const clock = new FakeClock('1970-01-01T00:00:00Z');
    const rung: string[] = [];
    const ring = (name: string) => async () => {
      await Promise.resolve();
      rung.push(`${name} at ${clock.now()}`);
    };
    clock.after(300, ring('late'));
    const callOff = clock.after(150, ring('called off'));
    clock.after(100, async () => {
      await ring('early')();
      clock.after(100, ring('in between'));
    });
    callOff();

    await clock.advance(250);
    expect(rung).toEqual(['early at 100', 'in between at 200']);
    await clock.advance(50);
    expect(rung.at(-1)).toBe('late at 300');
  });

  test('refuses a beginning that is no moment', () => {
    expect(() => new FakeClock('half past eight')).toThrow(RangeError);
  });
});

describe('modules that live by a fake clock', () => {
  let clock: FakeClock;
  let modules: RunningModules;
  let watch: NightWatch;
  beforeEach(async () => {
    clock = new FakeClock('2026-06-01T21:30:00Z');
    // A retry would come after half an hour and no sooner.
    modules = await bootModule(NightWatchModule, { clock, events: { backoff: { firstMs: HOUR, maxMs: HOUR } } });
    watch = modules.port(NightWatch);
  });
  afterEach(() => modules.close());

  async function criesAfter(ms: number): Promise<string[]> {
    await clock.advance(ms);
    await settled(modules);
    return watch.cries();
  }

  test('have every tick of their schedules, however much time passes at once', async () => {
    expect(await criesAfter(10 * HOUR)).toHaveLength(7);
    expect((await criesAfter(24 * HOUR)).sort().slice(0, 4)).toEqual([
      "00 o'clock",
      "00 o'clock",
      "01 o'clock",
      "01 o'clock",
    ]);
  });

  test('do a delayed task when its time has come, and not before', async () => {
    await watch.order({ who: 'ada', inHours: 0.4 });
    expect(await criesAfter(0.3 * HOUR)).toEqual([]);
    expect(await criesAfter(0.15 * HOUR)).toEqual(['Wake up, ada!']);
  });

  test('do not do one that was cancelled', async () => {
    const order = await watch.order({ who: 'ada', inHours: 0.4 });
    expect(await watch.withdraw({ order })).toBe(true);
    expect(await criesAfter(0.45 * HOUR)).toEqual([]);
    expect(await watch.withdraw({ order })).toBe(false);
  });

  test('try again what failed once its pause has passed', async () => {
    await watch.order({ who: 'ben', inHours: 0 });
    const { deliveries } = modules.get(EventOperations);
    await eventually(
      'The first attempt',
      () => deliveries.list({ state: 'waiting' }),
      ({ items }) => items.some(({ attempts }) => attempts === 1),
    );
    await expect(settled(modules, { withinMs: 0 })).rejects.toThrow(/night-watch\.wake.*ben sleeps on/s);
    expect(await criesAfter(HOUR)).toContain('Wake up, ben!');
  });
});
