/** How far back the page looks. */
export interface Period {
  /** In the address; absent for the one that is looked at first. */
  readonly days: string | undefined;
  readonly label: string;
}

export const PERIODS: readonly Period[] = [
  { days: '7', label: '7 days' },
  { days: undefined, label: '30 days' },
  { days: '365', label: '1 year' },
  { days: 'all', label: 'All' },
];

const DEFAULT_DAYS = 30;
const DAY_MS = 86_400_000;

/** The first day of a period that ends with today, in UTC. Undefined: from the beginning. */
export function firstDay(days: string | null, now: Date = new Date()): string | undefined {
  if (days === 'all') return undefined;
  const count = days !== null && /^[1-9]\d{0,3}$/.test(days) ? Number(days) : DEFAULT_DAYS;
  return dayOf(now.getTime() - (count - 1) * DAY_MS);
}

/** The most days that are drawn one by one, those without sales included. */
const MAX_DAYS = 400;

/**
 * Every day from the first to today, whether something was sold on it or not; of a period that is too long those alone on
 * which something was.
 *
 * @param from the period's first day; undefined: that of the first sale
 */
export function daysOf(days: readonly string[], from: string | undefined, now: Date = new Date()): readonly string[] {
  const first = from ?? days[0];
  if (first === undefined) return [];
  const last = [dayOf(now.getTime()), ...days].sort().at(-1)!;
  const count = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  if (count > MAX_DAYS) return days;
  return Array.from({ length: count }, (_, index) => dayOf(Date.parse(first) + index * DAY_MS));
}

/** `30 Nov` in the reader's language; with the year where days of several years are shown. */
export function dayText(day: string, withYear: boolean): string {
  return new Date(day).toLocaleDateString(undefined, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    ...(withYear ? { year: 'numeric' } : {}),
  });
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
