import { type KillOutcome, kills } from './kills.js';
import { type OutageOutcome, outage } from './outage.js';
import { type RestartOutcome, restarts } from './restarts.js';
import { type Crowd, ShopUnderLoad } from './shop-under-load.js';

export interface TrialsOptions extends Crowd {
  /** How often one of two processes is restarted; 0 leaves that out. */
  readonly restarts: number;
  readonly kills: number;
  /** How many failing calls are measured; with 0 nobody is away. */
  readonly calls: number;
  /** Calls that are answered before a process goes, and before it is back. */
  readonly answers: number;
  readonly onStep?: (step: string) => void;
}

export interface TrialsOutcome {
  readonly restarts: RestartOutcome | undefined;
  readonly kills: KillOutcome | undefined;
  readonly outages: readonly OutageOutcome[];
}

/** One shop through all of it: the shell is the same process from the first restart to the return of NATS. */
export async function trials({ onStep, ...options }: TrialsOptions): Promise<TrialsOutcome> {
  onStep?.('starting');
  await using shop = await ShopUnderLoad.open();
  const { askers, orderers, answers: answersBetween, calls } = options;
  const takeAway = (what: string, times: number) => {
    const onTime = (nth: number) => onStep?.(`${what} ${nth} of ${times}`);
    return { askers, orderers, answersBetween, times, onTime };
  };
  return {
    restarts: options.restarts > 0 ? await restarts(shop, takeAway('restart', options.restarts)) : undefined,
    kills: options.kills > 0 ? await kills(shop, takeAway('kill', options.kills)) : undefined,
    outages:
      calls > 0
        ? [await outage(shop, { calls, away: 'provider', onStep }), await outage(shop, { calls, away: 'nats', onStep })]
        : [],
  };
}
