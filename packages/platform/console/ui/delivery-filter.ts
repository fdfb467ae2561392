import { STATES } from './answers.js';
import type { ChoiceOption } from './choice.js';
import { STATE_WORDS } from './delivery-state.js';
import type { FilterValues } from './intervention.js';

/** What of the address is handed on to the server as it stands. */
const HANDED_ON = ['log', 'state', 'consumer', 'type', 'key', 'correlationId'] as const;

const WITHIN_MS: Readonly<Record<string, number>> = {
  '10m': 600_000,
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
};

export const WITHIN: readonly ChoiceOption[] = [
  { value: '', label: 'any time' },
  { value: '10m', label: 'last 10 minutes' },
  { value: '1h', label: 'last hour' },
  { value: '24h', label: 'last 24 hours' },
  { value: '7d', label: 'last 7 days' },
];

export const STATE_OPTIONS: readonly ChoiceOption[] = [
  { value: '', label: 'all' },
  { value: 'open', label: 'All open' },
  ...STATES.map((state) => ({ value: state, label: STATE_WORDS[state].label })),
];

/** The filter that an address holds, as the server takes it. */
export function filterOf(query: URLSearchParams, now: number): FilterValues {
  const given = HANDED_ON.flatMap((name) => {
    const value = query.get(name);
    return value ? [[name, value] as const] : [];
  });
  const withinMs = WITHIN_MS[query.get('within') ?? ''];
  const since = withinMs === undefined ? {} : { newerThan: new Date(now - withinMs).toISOString() };
  return { ...Object.fromEntries(given), ...since };
}

/** An address without any filter. */
export const NO_FILTER = { log: '', state: '', consumer: '', type: '', key: '', correlationId: '', within: '' };
