import type { Sent } from '../load/tap.js';
import { concluded, type TakeAwayOptions, type TakeAwayOutcome } from './restarts.js';
import { ShopUnderLoad } from './shop-under-load.js';

export interface KillOutcome extends TakeAwayOutcome {
  /** Calls that were asked of a process that was killed, and that it did not answer any more. */
  readonly lost: number;
  /** Calls that were sent again. */
  readonly sentAgain: number;
  /** Calls that were sent again although the message before had been answered. There must be none. */
  readonly answeredAndSentAgain: readonly string[];
  /** Calls whose message nobody answered and that were not sent again. There must be none. */
  readonly lostAndNotSentAgain: readonly string[];
}

/** Kills the two macroservices by SIGKILL, one in turn, and starts each again, while callers call. */
export async function kills({ times, answersBetween, onTime, ...crowd }: TakeAwayOptions): Promise<KillOutcome> {
  const begunAt = Date.now();
  await using shop = await ShopUnderLoad.open();
  shop.load.start(crowd);
  for (let nth = 1; nth <= times; nth += 1) {
    onTime?.(nth);
    await shop.answers(answersBetween);
    await shop.hosts[nth % 2]!.kill();
    await shop.answers(answersBetween);
    await shop.replace(nth % 2);
  }
  const outcome = await concluded(shop, times, begunAt);
  return { ...outcome, ...resent(await shop.tap.sent()) };
}

/** Who stays answers all that reaches it. So what was not answered was in the hands of one that was killed. */
function resent(calls: ReadonlyMap<string, readonly Sent[]>) {
  const all = [...calls];
  const names = (those: typeof all) => those.map(([call]) => call);
  const wasLost = ({ isAnswered }: Sent) => !isAnswered;
  return {
    lost: all.filter(([, messages]) => messages.some(wasLost)).length,
    sentAgain: all.filter(([, { length }]) => length > 1).length,
    answeredAndSentAgain: names(all.filter(([, messages]) => !messages.slice(0, -1).every(wasLost))),
    lostAndNotSentAgain: names(all.filter(([, messages]) => wasLost(messages.at(-1)!))),
  };
}
