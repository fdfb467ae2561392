import { SeededRandom } from '@macrolith/local-services';
import { POINTS } from './points.js';

export type Victim = 'shell' | 'worker' | 'database' | 'broker';

/** One kill of a plan. */
export interface Kill {
  readonly victim: Victim;
  /** How long the processes are left alone before it, in milliseconds. */
  readonly afterMs: number;
  /** The place in its own work at which a process kills itself; by chance where there is none. */
  readonly point?: string;
  /** At which passing of the point. */
  readonly nth?: number;
}

export interface PlanOptions {
  readonly seed: number;
  readonly kills: number;
  /** Whether events travel over a broker that can be killed. */
  readonly broker: boolean;
}

/** How often each is the victim, of 100. A database is dearer to bring back, and takes everybody with it. */
const SHARES: Readonly<Record<Victim, number>> = { shell: 40, worker: 35, database: 12, broker: 13 };

/** The same seed gives the same plan. */
export function planOf({ seed, kills, broker }: PlanOptions): readonly Kill[] {
  const random = new SeededRandom(seed);
  const victims = (Object.keys(SHARES) as Victim[])
    .filter((victim) => broker || victim !== 'broker')
    .flatMap((victim) => Array.from({ length: SHARES[victim] }, () => victim));
  return Array.from({ length: kills }, () => {
    const victim = random.oneOf(victims);
    const afterMs = random.between(50, 700);
    const isProcess = victim === 'shell' || victim === 'worker';
    if (!isProcess || random.next() < 0.5) return { victim, afterMs };
    return { victim, afterMs, point: random.oneOf(POINTS).name, nth: random.between(1, 12) };
  });
}

export function describeKill({ victim, point, nth }: Kill): string {
  return point === undefined ? victim : `${victim} ${point}, the ${nth}. time`;
}
