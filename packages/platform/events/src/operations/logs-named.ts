import { receivedBy } from '../log/log-tables.js';
import type { ObservedLog } from './observed-log.js';
import { LogNotFound } from './operation-errors.js';

/** The logs of that name: what a module says, and what it has received. All where none is named. @throws LogNotFound */
export function logsNamed(logs: readonly ObservedLog[], name: string | undefined): readonly ObservedLog[] {
  if (name === undefined) return logs;
  const named = logs.filter((log) => log.name === name || log.name === receivedBy(name));
  if (named.length === 0) throw new LogNotFound({ log: name, logs: logs.map((log) => log.name) });
  return named;
}
