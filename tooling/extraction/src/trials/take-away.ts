import { atRest } from '../bindings/rest.js';
import { type Check, reconciled } from '../bindings/sums.js';
import type { Failure, Load } from '../load/load.js';
import type { Crowd, ShopUnderLoad } from './shop-under-load.js';

/** How long what follows from the orders may take in the end. */
const REST_MS = 120_000;

/** How a process is taken away from under its callers, and how often. */
export interface TakeAwayOptions extends Crowd {
  readonly times: number;
  /** Calls that are answered before a process goes, and before another comes in its place. */
  readonly answersBetween: number;
  readonly onTime?: (nth: number) => void;
}

/** What came of calls whose providers went away and came back. */
export interface TakeAwayOutcome {
  readonly times: number;
  readonly seconds: number;
  readonly queries: number;
  readonly commands: number;
  readonly orders: number;
  readonly failures: readonly Failure[];
  /** Commands that acted twice, or that were answered and did not act. */
  readonly otherThanOnce: readonly string[];
  /** Sums across all modules, over the orders that were placed meanwhile. */
  readonly checks: readonly Check[];
}

/** Takes the two macroservices away, one in turn, and puts another in its place each time, while callers call. */
export async function takenAway(
  shop: ShopUnderLoad,
  name: string,
  { times, answersBetween, onTime, ...crowd }: TakeAwayOptions,
  takeAway: (nth: number) => Promise<void>,
): Promise<TakeAwayOutcome> {
  const begunAt = Date.now();
  const load = shop.begin(name, crowd);
  for (let time = 1; time <= times; time += 1) {
    onTime?.(time);
    await load.answers(answersBetween);
    await takeAway(time % 2);
    await load.answers(answersBetween);
    await shop.replace(time % 2);
  }
  const seconds = Math.round((Date.now() - begunAt) / 1_000);
  return { times, seconds, ...(await concluded(shop, load)) };
}

/** Lets the callers end, and looks at what is left. */
async function concluded(shop: ShopUnderLoad, load: Load): Promise<Omit<TakeAwayOutcome, 'times' | 'seconds'>> {
  const { marked, ...counts } = await load.stop();
  await atRest(shop.stage.administrator, REST_MS);
  return {
    ...counts,
    otherThanOnce: await shop.actedOtherThanOnce(marked),
    checks: await reconciled(shop.stage.administrator),
  };
}
