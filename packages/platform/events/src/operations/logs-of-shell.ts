import type { Database } from '@macrolith/data';
import type { RelayedLogs } from '../relay/relayed-logs.js';
import type { ObservedLog } from './observed-log.js';

/** The logs of this process, each under the role of its module: those that are relayed from, and those that are written to. */
export function logsOfShell({ all, outboxes }: RelayedLogs, database: Database): readonly ObservedLog[] {
  const logs = [...all, ...outboxes.map(({ module, tables }) => ({ name: module, module, tables }))];
  const byTable = new Map(logs.toReversed().map((log) => [log.tables.log, log]));
  return [...byTable.values()]
    .map(({ name, module, tables }) => ({ name, tables, database: database.of(module) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
