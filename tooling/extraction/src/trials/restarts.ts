import type { ShopUnderLoad } from './shop-under-load.js';
import { type TakeAwayOptions, type TakeAwayOutcome, takenAway } from './take-away.js';

export interface RestartOutcome extends TakeAwayOutcome {
  /** Processes that did not end with 0. */
  readonly untidy: number;
  /** Calls that were sent more than once. */
  readonly sentAgain: number;
}

/** Asks the two macroservices by SIGTERM to end, one in turn, and starts each again, while callers call. */
export async function restarts(shop: ShopUnderLoad, options: TakeAwayOptions): Promise<RestartOutcome> {
  let untidy = 0;
  const outcome = await takenAway(shop, 'restarts', options, async (nth) => {
    const { exitCode } = await shop.hosts[nth]!.stop();
    if (exitCode !== 0) untidy += 1;
  });
  const sent = await shop.tap.sent();
  return { ...outcome, untidy, sentAgain: [...sent.values()].filter(({ length }) => length > 1).length };
}
