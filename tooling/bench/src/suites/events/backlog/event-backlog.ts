import type { Comparison, Suite } from '../../../harness/comparison.js';
import { quantile } from '../latency/correspondence.js';
import { SHAPES, type Shape } from './backlog.js';
import { type AtRest, atRest, type Drain, drain } from './drain.js';
import { delaysOfTheOthers } from './poison.js';

type Run = (comparison: Comparison) => Promise<void>;

const EVENTS = 1_000_000;
const QUICK_EVENTS = 400;
/** Parts of the backlog whose drain is held against that of the whole. */
const PARTS = [2, 4];
const POISON = { keys: 1_000, rounds: 5 };
const QUICK_NEWS = 10;
const QUICK_POISON = { keys: 100, rounds: 1 };

/**
 * What a pile of events does: to the relay's memory, to the time that each takes, and to news of other keys. Ours stands
 * beside ours without the pile here: the figure is whether it makes a difference.
 */
export const eventBacklog: Suite = {
  name: 'event-backlog',
  async run(run, { quick, events = quick ? QUICK_EVENTS : EVENTS, seconds }) {
    const rest = await atRest(quick ? QUICK_NEWS : undefined);
    for (const shape of SHAPES) {
      const whole = await drain(shape, { events, seconds });
      const parts = [];
      for (const part of quick ? PARTS.slice(0, 1) : PARTS) {
        const size = Math.round(events / part);
        parts.push({ size, drain: await drain(shape, { events: size, seconds }) });
      }
      await report(run, shape, events, whole, parts, rest);
    }
    await comparePoison(run, quick ? QUICK_POISON : POISON);
  },
};

async function report(
  run: Run,
  shape: Shape,
  events: number,
  whole: Drain,
  parts: readonly { readonly size: number; readonly drain: Drain }[],
  rest: AtRest,
): Promise<void> {
  const compareIn = comparer(run, `${count(events)} events, ${shape.name}`);
  await compareIn('resident memory of the relay, highest', 'MiB', whole.peakMib, [['at rest', rest.memoryMib]]);
  await compareIn(
    'drain, per 1,000 events',
    'ms',
    whole.msPerThousandEvents,
    parts.map(({ size, drain: part }) => [`${count(size)} events`, part.msPerThousandEvents]),
  );
  for (const percentile of [50, 99]) {
    const of = (delays: readonly number[]) => quantile(delays, percentile / 100);
    await compareIn(`new event of another key, p${percentile}`, 'ms', of(whole.delaysMs), [
      ['no backlog', of(rest.delaysMs)],
    ]);
  }
}

async function comparePoison(run: Run, of: typeof POISON): Promise<void> {
  const without = await delaysOfTheOthers({ ...of, isPoisoned: false });
  const poisoned = await delaysOfTheOthers({ ...of, isPoisoned: true });
  const compareIn = comparer(run, `one poisoned key among ${count(of.keys)}`);
  for (const percentile of [50, 90, 99]) {
    const at = (delays: readonly number[]) => quantile(delays, percentile / 100);
    await compareIn(`delay of the others, p${percentile}`, 'ms', at(poisoned), [['none poisoned', at(without)]]);
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
