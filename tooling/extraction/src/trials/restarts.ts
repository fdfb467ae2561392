import { atRest } from '../bindings/rest.js';
import { type Check, reconciled } from '../bindings/sums.js';
import type { Failure } from '../load/load.js';
import { type Crowd, ShopUnderLoad } from './shop-under-load.js';

/** How long what follows from the orders may take in the end. */
const REST_MS = 120_000;

export interface TakeAwayOptions extends Crowd {
  readonly times: number;
  /** Calls that are answered between one time and the next. */
  readonly answersBetween: number;
  readonly onTime?: (nth: number) => void;
}

/** What came of calls whose providers were taken away and came back. */
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

export interface RestartOutcome extends TakeAwayOutcome {
  /** Processes that did not end with 0. */
  readonly untidy: number;
  /** Calls that were sent more than once. */
  readonly sentAgain: number;
}

/** Asks the two macroservices by SIGTERM to end, one in turn, and starts each again, while callers call. */
export async function restarts({ times, answersBetween, onTime, ...crowd }: TakeAwayOptions): Promise<RestartOutcome> {
  const begunAt = Date.now();
  await using shop = await ShopUnderLoad.open();
  shop.load.start(crowd);
  let untidy = 0;
  for (let nth = 1; nth <= times; nth += 1) {
    onTime?.(nth);
    await shop.answers(answersBetween);
    const { exitCode } = await shop.hosts[nth % 2]!.stop();
    if (exitCode !== 0) untidy += 1;
    await shop.answers(answersBetween);
    await shop.replace(nth % 2);
  }
  const outcome = await concluded(shop, times, begunAt);
  const sent = await shop.tap.sent();
  return { ...outcome, untidy, sentAgain: [...sent.values()].filter(({ length }) => length > 1).length };
}

/** Lets the callers end, and looks at what is left. */
export async function concluded(shop: ShopUnderLoad, times: number, begunAt: number): Promise<TakeAwayOutcome> {
  const { marked, ...counts } = await shop.load.stop();
  const seconds = Math.round((Date.now() - begunAt) / 1_000);
  await atRest(shop.stage.administrator, REST_MS);
  return {
    times,
    seconds,
    ...counts,
    otherThanOnce: await shop.actedOtherThanOnce({ marked }),
    checks: await reconciled(shop.stage.administrator),
  };
}
