import { setTimeout as sleep } from 'node:timers/promises';
import { HANDOVER_TABLE } from '@macrolith/data/handover';
import type { Progress } from './progress.js';
import type { Replication } from './replication.js';
import type { Side } from './side.js';

const LOOK_EVERY_MS = 250;
const LOOK_CLOSELY_EVERY_MS = 20;
/** The target follows closely when it confirms within this time what was just written, in milliseconds. */
const CLOSELY_MS = 1_500;

/** A change of nothing, whose commit writes the log out up to there. */
export function touch(source: Side): string {
  return `UPDATE ${source.table(HANDOVER_TABLE)} SET changed_at = clock_timestamp()`;
}

/** Waits until all tables are copied. That takes as long as it takes; the source goes on serving. */
export async function copied(replication: Replication, progress: Progress): Promise<void> {
  for (;;) {
    const state = await replication.state();
    if (state.copied === state.tables) return;
    progress.replicating('copy', state);
    await sleep(LOOK_EVERY_MS);
  }
}

/** Waits until the target follows closely: then a pause would be short. */
export async function caughtUp(source: Side, replication: Replication, progress: Progress): Promise<void> {
  for (;;) {
    const beganAt = Date.now();
    const position = await replication.position(touch(source));
    while (!(await replication.hasConfirmed(position))) {
      progress.replicating('catch up', await replication.state());
      await sleep(LOOK_CLOSELY_EVERY_MS);
    }
    if (Date.now() - beganAt < CLOSELY_MS) return;
  }
}

/** Waits until the target has taken over everything up to a position. `stillMay` throws when that takes too long. */
export async function caughtUpTo(
  replication: Replication,
  position: string,
  stillMay: () => Promise<void>,
): Promise<void> {
  while (!(await replication.hasConfirmed(position))) {
    await stillMay();
    await sleep(LOOK_CLOSELY_EVERY_MS);
  }
}
