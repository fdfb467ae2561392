import { setTimeout as sleep } from 'node:timers/promises';
import { HandoverUnderWay } from './handover-errors.js';
import type { Side } from './side.js';

/** How long the session of a command that was killed may take to be ended by the server, in milliseconds. */
const WAIT_MS = 10_000;
const LOOK_EVERY_MS = 100;

/** Makes this the only command that hands the module over. The lock goes with the session. @throws HandoverUnderWay */
export async function lockModule(source: Side): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const [row] = await source.rows<{ locked: boolean }>(
      `SELECT pg_try_advisory_lock(hashtextextended('macrolith handover ' || $1, 0)) AS locked`,
      [source.place.schema],
    );
    if (row!.locked) return;
    if (Date.now() > deadline) throw new HandoverUnderWay(source.place.module);
    await sleep(LOOK_EVERY_MS);
  }
}
