import type { Comparison, Suite } from '../../../harness/comparison.js';
import { quantile } from '../latency/correspondence.js';
import { SHAPES, type Shape } from './backlog.js';
import { type Drain, drain, withoutBacklog } from './drain.js';
import { delaysOfTheOthers } from './poison.js';

type Run = (comparison: Comparison) => Promise<void>;

const EVENTS = 1_000_000;
const QUICK_EVENTS = 2_000;
/** Parts of the backlog whose drain is held against that of the whole. */
const PARTS = [2, 4];
const POISON_ROUNDS = { full: 5, quick: 1 };

/**
 * What a pile of events does: to the relay's memory, to the time that each takes, and to news of other keys. Ours stands
 * beside ours without the pile here: the figure is whether it makes a difference.
 */
export const eventBacklog: Suite = {
  name: 'event-backlog',
  async run(run, { quick, events = quick ? QUICK_EVENTS : EVENTS, seconds }) {
    const atRest = await withoutBacklog();
    for (const shape of SHAPES) {
      const whole = await drain(shape, { events, seconds });
      const parts = [];
      for (const part of PARTS) {
        const size = Math.round(events / part);
        parts.push({ size, drain: await drain(shape, { events: size, seconds }) });
      }
      await report(run, shape, events, whole, parts, atRest);
    }
    await comparePoison(run, quick ? POISON_ROUNDS.quick : POISON_ROUNDS.full);
  },
};

async function report(
  run: Run,
  shape: Shape,
  events: number,
  whole: Drain,
  parts: readonly { readonly size: number; readonly drain: Drain }[],
  atRest: readonly number[],
): Promise<void> {
  const compareIn = comparer(run, `${count(events)} events, ${shape.name}`);
  await compareIn('resident memory of the relay, highest', 'MiB', whole.peakMib, [['at rest', whole.idleMib]]);
  await compareIn(
    'drain, per 1,000 events',
    'ms',
    whole.msPerThousandEvents,
    parts.map(({ size, drain: part }) => [`${count(size)} events`, part.msPerThousandEvents]),
  );
  for (const percentile of [50, 99]) {
    const of = (delays: readonly number[]) => quantile(delays, percentile / 100);
    await compareIn(`new event of another key, p${percentile}`, 'ms', of(whole.delaysMs), [['no backlog', of(atRest)]]);
  }
}

async function comparePoison(run: Run, rounds: number): Promise<void> {
  const without = await delaysOfTheOthers(rounds, false);
  const poisoned = await delaysOfTheOthers(rounds, true);
  const compareIn = comparer(run, 'one poisoned key among 1,000');
  for (const percentile of [50, 90, 99]) {
    const of = (delays: readonly number[]) => quantile(delays, percentile / 100);
    await compareIn(`delay of the other 999, p${percentile}`, 'ms', of(poisoned), [['none poisoned', of(without)]]);
  }
}

/** Reports figures that were measured together, in one run that is too long to be repeated for each. */
function comparer(run: Run, name: string) {
  const known = (contender: string, figure: number) => ({ name: contender, sample: async () => figure });
  return (metric: string, unit: string, ours: number, peers: readonly (readonly [string, number])[]) =>
    run({
      suite: 'event-backlog',
      case: name,
      metric,
      unit,
      rounds: 1,
      warmUpRounds: 0,
      ours: known('macrolith', ours),
      peers: peers.map(([peer, figure]) => known(peer, figure)),
    });
}

function count(events: number): string {
  return events.toLocaleString('en');
}
