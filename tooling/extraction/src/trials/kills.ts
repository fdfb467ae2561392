import { setTimeout as pause } from 'node:timers/promises';
import type { Sent, Tap } from '../load/tap.js';
import type { ShopUnderLoad } from './shop-under-load.js';
import { type TakeAwayOptions, type TakeAwayOutcome, takenAway } from './take-away.js';

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

/** More than the time of any call: what is not answered by then has failed, and is told as such. */
const LONGEST_CALL_MS = 30_000;
/** By then nats-server hands nothing more to a process that is gone. */
const NOTICED_MS = 500;
const LOOK_EVERY_MS = 50;

/**
 * Kills the two macroservices by SIGKILL, one in turn, and starts each again, while callers call. Each time what was lost at the last is
 * waited for: a call is sent once more and no oftener, so one that is lost with both processes fails when its time is over.
 */
export async function kills(shop: ShopUnderLoad, options: TakeAwayOptions): Promise<KillOutcome> {
  let sinceMs = 0;
  let untilMs = 0;
  const outcome = await takenAway(shop, 'kills', options, async (nth) => {
    await answered(shop.tap, sinceMs, untilMs);
    sinceMs = untilMs;
    await shop.hosts[nth]!.kill();
    untilMs = Date.now() + NOTICED_MS;
  });
  return { ...outcome, ...resent(await shop.tap.sent()) };
}

/** Waits until all calls are answered that were asked within a time, or have failed. */
async function answered(tap: Tap, sinceMs: number, untilMs: number): Promise<void> {
  const until = Date.now() + LONGEST_CALL_MS;
  while (tap.awaits({ sinceMs, untilMs }) && Date.now() < until) await pause(LOOK_EVERY_MS);
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
