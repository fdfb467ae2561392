export type InstantFormat = 'date' | 'date-time' | 'time' | 'relative';

const FORMATS: Readonly<Record<Exclude<InstantFormat, 'relative'>, Intl.DateTimeFormatOptions>> = {
  date: { dateStyle: 'medium' },
  'date-time': { dateStyle: 'medium', timeStyle: 'short' },
  time: { timeStyle: 'short' },
};

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** An instant (ISO 8601) in the reader's language and time zone. Text that is no instant comes back as it is. */
export function formatInstant(instant: string, format: InstantFormat = 'date-time', now = Date.now()): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return instant;
  if (format !== 'relative') return new Intl.DateTimeFormat(undefined, FORMATS[format]).format(at);
  return formatDistance((at - now) / 1000);
}

function formatDistance(seconds: number): string {
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  return step === undefined ? relative.format(0, 'second') : relative.format(Math.trunc(seconds / step[1]), step[0]);
}
