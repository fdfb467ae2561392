import { InstalledModules } from '@macrolith/core';
import { Database, type ModuleDatabase } from '@macrolith/data';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { LogTables } from '../log/log-tables.js';
import { RELAY_OPTIONS, type RelayOptions } from '../relay/relay-options.js';
import { RelayedLogs } from '../relay/relayed-logs.js';
import { SubscriptionsFeature } from '../subscription/subscriptions.js';

/** How often what is too old is looked for. */
const SWEEP_MS = 600_000;
/** Most rows that one statement removes, so that none runs long. */
const BATCH = 5_000;

/**
 * Removes from the logs what nobody is owed any more and what is older than a later consumer can ask for, and from the
 * inboxes what can come no second time. Dead letters stay, with their messages, until somebody decides about them.
 */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly logs: RelayedLogs,
    private readonly installed: InstalledModules,
    private readonly database: Database,
    @Inject(RELAY_OPTIONS) private readonly options: RelayOptions,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.options.enabled) return;
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    // A process that has nothing else to do may end.
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Removes what is too old, in every log and inbox of this process. Answers how many rows. */
  async sweep(): Promise<number> {
    const inboxes = this.installed.all
      .filter(({ features }) => features.some((feature) => feature instanceof SubscriptionsFeature))
      .map(({ manifest }) => manifest.name);
    const removals = [
      ...this.logs.all.map((log) =>
        this.inBatches(this.database.of(log.module), removeFromLog(log.tables), this.options.logDays),
      ),
      ...inboxes.map((module) => {
        const database = this.database.of(module);
        return this.inBatches(database, removeFromInbox(`${database.schema}.inbox`), this.options.inboxDays);
      }),
    ];
    const removed = await Promise.all(removals);
    return removed.reduce((sum, rows) => sum + rows, 0);
  }

  private async inBatches(database: ModuleDatabase, statement: string, days: number): Promise<number> {
    let removed = 0;
    try {
      for (let rows = BATCH; rows === BATCH; removed += rows) {
        const { rowCount } = await database.query(statement, [days, BATCH]);
        rows = rowCount ?? 0;
      }
    } catch (error) {
      new Logger('Retention').warn(
        `Old messages of '${database.module}' could not be removed; trying again later. ${error}`,
      );
    }
    return removed;
  }
}

/** $1 days, $2 how many at most. Nothing is removed while a new consumer is still being put the log before. */
function removeFromLog({ log, delivery, consumer }: LogTables): string {
  return `DELETE FROM ${log} WHERE position IN (
      SELECT position FROM ${log} AS message WHERE time < now() - make_interval(days => $1)
        AND NOT EXISTS (SELECT FROM ${delivery} AS owed
          WHERE owed.position = message.position AND owed.state IN ('open', 'dead'))
        AND NOT EXISTS (SELECT FROM ${consumer} WHERE filled_to IS NOT NULL)
      ORDER BY position LIMIT $2)`;
}

function removeFromInbox(inbox: string): string {
  return `DELETE FROM ${inbox} WHERE ctid IN
      (SELECT ctid FROM ${inbox} WHERE handled_at < now() - make_interval(days => $1) LIMIT $2)`;
}
