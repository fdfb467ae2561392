/** One setting that the server has otherwise than it is declared. */
export interface ConfigDifference {
  readonly setting: string;
  readonly kind: ConfigDifferenceKind;
  readonly is: unknown;
  readonly wanted: unknown;
}

export type ConfigDifferenceKind =
  /** Something is wanted besides what is there. */
  | 'addition'
  /** Something is there, and is wanted otherwise or not at all. */
  | 'change'
  /** The server cannot change it once the stream was made. */
  | 'incompatible';

type Config = Readonly<Record<string, unknown>>;

/** What no server changes in a stream that exists (found by trying on nats-server 2.9.10, and documented). */
const FIXED = new Set(['retention', 'storage', 'max_consumers', 'deny_delete', 'deny_purge']);

/** In what the stream of the server differs from the declared one. Settings that are not declared are none of our business. */
export function streamConfigDiff(declared: Config, existing: Config): readonly ConfigDifference[] {
  return differences(declared, existing, FIXED);
}

/** The same for a consumer. Consumers are made anew whenever a reader begins, so nothing about them is incompatible. */
export function consumerConfigDiff(declared: Config, existing: Config): readonly ConfigDifference[] {
  return differences(declared, existing, new Set());
}

/** One line a difference, for the log: `~ max_age: 7 days → 30 days`. */
export function describeDifference({ setting, kind, is, wanted }: ConfigDifference): string {
  const mark = { addition: '+', change: '~', incompatible: '!' }[kind];
  const text = kind === 'addition' ? show(setting, wanted) : `${show(setting, is)} → ${show(setting, wanted)}`;
  return `${mark} ${setting}: ${text}`;
}

function differences(declared: Config, existing: Config, fixed: ReadonlySet<string>): readonly ConfigDifference[] {
  return Object.entries(declared).flatMap(([setting, wanted]) => {
    const is = existing[setting];
    if (wanted === undefined || isSame(is, wanted)) return [];
    if (Array.isArray(wanted) && Array.isArray(is)) return differencesOfLists(setting, wanted, is);
    if (fixed.has(setting)) return [{ setting, kind: 'incompatible' as const, is, wanted }];
    return [{ setting, kind: is === undefined ? ('addition' as const) : ('change' as const), is, wanted }];
  });
}

function differencesOfLists(setting: string, wanted: unknown[], is: unknown[]): readonly ConfigDifference[] {
  const added = wanted.filter((item) => !is.includes(item));
  const kept = is.every((item) => wanted.includes(item));
  return kept ? [{ setting, kind: 'addition', is, wanted: added }] : [{ setting, kind: 'change', is, wanted }];
}

function isSame(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item) => other.includes(item));
}

/** Durations are nanoseconds in NATS, which nobody reads. */
const DURATIONS = new Set(['max_age', 'duplicate_window', 'ack_wait']);
const UNITS = [
  ['days', 86_400_000_000_000],
  ['hours', 3_600_000_000_000],
  ['minutes', 60_000_000_000],
  ['seconds', 1_000_000_000],
] as const;

function show(setting: string, value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.map((item) => show(setting, item)).join(', ');
  if (!DURATIONS.has(setting) || typeof value !== 'number' || value === 0) return String(value);
  const [unit, size] = UNITS.find(([, ns]) => value % ns === 0) ?? ['nanoseconds', 1];
  return `${value / size} ${unit}`;
}
