import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../database.js';

/** How long an outcome is answered to duplicates, in days. */
export const OUTCOME_KEPT_DAYS = 7;
/** How often outcomes that are older are looked for. */
const SWEEP_MS = 3_600_000;
/** Most rows that one statement removes, so that none runs long. */
const BATCH = 10_000;

/** Removes outcomes of keyed commands when nobody will ask for them any more. */
@Injectable()
export class OutcomeRetention implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    // A process that has nothing else to do may end.
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Removes what is too old, in every module's schema. */
  async sweep(): Promise<void> {
    for (const module of this.database.modules) {
      try {
        await this.sweepModule(module);
      } catch (error) {
        new Logger('Idempotency').warn(
          `Old outcomes of '${module}' could not be removed; trying again later. ${error}`,
        );
      }
    }
  }

  private async sweepModule(module: string): Promise<void> {
    const database = this.database.of(module);
    const table = `${database.schema}.idempotency`;
    let removed: number | null;
    do {
      ({ rowCount: removed } = await database.query(
        `DELETE FROM ${table} WHERE ctid IN
          (SELECT ctid FROM ${table} WHERE created_at < now() - make_interval(days => $1) LIMIT $2)`,
        [OUTCOME_KEPT_DAYS, BATCH],
      ));
    } while (removed === BATCH);
  }
}
