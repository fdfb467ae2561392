import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bootModule, FakeClock, type RunningModules, settled } from '@macrolith/testing';
import { NightWatch, NightWatchModule } from '../village/night-watch.js';

const HOUR = 3_600_000;
const clock = new FakeClock('2026-06-01T20:30:00Z');
let modules: RunningModules;
let watch: NightWatch;
beforeAll(async () => {
  modules = await bootModule(NightWatchModule, { clock });
  watch = modules.port(NightWatch);
});
afterAll(() => modules.close());

test('the watch calls the hours of the night, and wakes who wants to be woken', async () => {
  await watch.order({ who: 'ada', inHours: 2 });

  await clock.advance(HOUR);
  await settled(modules);
  expect(await watch.cries()).toEqual(["22 o'clock"]);

  await clock.advance(HOUR);
  await settled(modules);
  expect((await watch.cries()).sort()).toEqual(["22 o'clock", "23 o'clock", 'Wake up, ada!']);
});
