import { UsageError } from '../usage-error.js';

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `90s`, `10m`, `2h`, `3d` as so long before `now`, and ISO 8601 as it is. @throws UsageError */
export function readMoment(option: string, text: string, now: Date): Date {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined) return new Date(now.getTime() - Number(amount) * UNITS_MS[unit!]!);
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(moment.getTime())) {
    throw new UsageError(
      `${option} ${text}: write how long ago, as in 90s, 10m, 2h or 3d, or a moment, as in 2026-11-26T02:00:00Z.`,
    );
  }
  return moment;
}
