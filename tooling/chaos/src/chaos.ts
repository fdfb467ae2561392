import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Load } from './load/load.js';
import { describeKill, type Kill, type PlanOptions, planOf } from './plan/plan.js';
import { Stage, type Transport } from './stage/stage.js';
import { type Check, settled, verify } from './verify/verify.js';

export interface ChaosOptions extends Omit<PlanOptions, 'broker'> {
  readonly transport: Transport;
  /** Callers who order; as many speak with the witness. */
  readonly callers: number;
  /** Told of each kill before it happens. */
  readonly onKill?: (kill: string, nth: number) => void;
}

export interface Outcome {
  readonly transport: Transport;
  readonly seed: number;
  readonly kills: number;
  /** How often a process really ended before its time. */
  readonly deaths: number;
  readonly orders: number;
  readonly refused: number;
  /** How often callers had to send a wish again. */
  readonly repetitions: number;
  readonly seconds: number;
  readonly checks: readonly Check[];
}

/** How long a process may take to die at a point of its own, before it is killed wherever it is. */
const POINT_PATIENCE_MS = 1_500;
/** How long the survivors may take to hand over what is owed. */
const SETTLING_MS = 180_000;

/** Runs a shop under load, kills its processes as planned, lets it settle, and looks whether all is well. */
export async function chaos(options: ChaosOptions): Promise<Outcome> {
  const begun = Date.now();
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'macrolith-chaos-'));
  try {
    await using stage = await Stage.set(folder, options.transport);
    const load = new Load(stage.shopUrl, options.seed);
    await load.furnish();
    load.start(options.callers);

    const plan = planOf({ ...options, broker: options.transport === 'nats' });
    for (const [index, kill] of plan.entries()) {
      options.onKill?.(describeKill(kill), index + 1);
      await stage.whenAllUp();
      await pause(kill.afterMs);
      await carryOut(stage, kill);
    }

    await stage.whenAllUp();
    const claimed = await load.stop();
    await settled(stage.databaseUrl, SETTLING_MS);
    return {
      transport: options.transport,
      seed: options.seed,
      kills: plan.length,
      deaths: stage.deaths,
      orders: claimed.orders.size,
      refused: claimed.refused,
      repetitions: claimed.repetitions,
      checks: await verify(stage.databaseUrl, claimed),
      seconds: Math.round((Date.now() - begun) / 1_000),
    };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function carryOut(stage: Stage, kill: Kill): Promise<void> {
  const before = stage.deaths;
  await stage.carryOut(kill);
  if (kill.point === undefined) return;
  const givesUpAt = Date.now() + POINT_PATIENCE_MS;
  while (stage.deaths === before && Date.now() < givesUpAt) await pause(20);
  // A point that it does not come by, such as money being held in the worker, is as good as any.
  if (stage.deaths === before) await stage.carryOut({ victim: kill.victim, afterMs: 0 });
}
