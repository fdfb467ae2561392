import { Relay, RelayedLogs } from '@macrolith/events/local';
import type { RunningModules } from './boot-module.js';
import type { FakeClock } from './fake-clock.js';

/**
 * Lets what waits in the logs of `modules` become due as the clock goes on. The database compares due times with its own
 * clock, so they are what moves: production code knows of no other time than the database's.
 */
export function moveStoredTime(modules: RunningModules, clock: FakeClock): void {
  const logs = modules.get(RelayedLogs).all;
  clock.whenAdvanced(async (passedMs) => {
    for (const { module, tables } of logs) {
      await modules.database.of(module).query(
        `UPDATE ${tables.delivery} SET due_at = due_at - make_interval(secs => $1::double precision / 1000)
          WHERE state = 'open' AND due_at > now()`,
        [passedMs],
      );
    }
    await modules.get(Relay).sweepAll();
  });
}
