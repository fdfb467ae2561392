import type { ObservedLog } from './observed-log.js';
import { LogNotFound } from './operation-errors.js';

/** The log of that name, or all of them where none is named. @throws LogNotFound */
export function logsNamed(logs: readonly ObservedLog[], name: string | undefined): readonly ObservedLog[] {
  if (name === undefined) return logs;
  const named = logs.filter((log) => log.name === name);
  if (named.length === 0) throw new LogNotFound({ log: name, logs: logs.map((log) => log.name) });
  return named;
}
