import { userInfo } from 'node:os';
import type { DeliveryFilter, EventOperations, InterventionAction, Reason } from '@macrolith/events/operations';
import type { FilterOptions, PlaceOptions, ReasonOptions } from '../commands/events/options.js';
import type { Streams } from '../commands/streams.js';
import { UsageError } from '../usage-error.js';
import { readFilter } from './read-filter.js';
import { readWholeNumber } from './whole-number.js';
import { onEvents } from './work.js';

export interface ChangeOptions extends PlaceOptions, FilterOptions, ReasonOptions {
  readonly yes?: true;
  readonly limit: string;
}

const MOST_AT_ONCE = 100_000;

const DONE: Readonly<Record<InterventionAction, string>> = {
  retry: 'retried',
  discard: 'discarded',
  replay: 'replayed',
};

/** Retries, discards or replays one message, or all that the filters mean. @throws UsageError */
export async function change(
  action: InterventionAction,
  messageId: string | undefined,
  options: ChangeOptions,
  streams: Streams,
): Promise<void> {
  const reason: Reason = { who: options.who ?? userInfo().username, why: options.why ?? 'no reason given' };
  const filter = readFilter(options, new Date());
  const limit = readWholeNumber('--limit', options.limit, MOST_AT_ONCE);
  const { consumer, ...others } = filter;
  if (messageId !== undefined && Object.keys(others).length > 0) {
    throw new UsageError(
      'name one message, or say by filters which ones: of the filters only --consumer goes with an id.',
    );
  }
  if (messageId === undefined && Object.keys(filter).length === 0) {
    throw new UsageError(
      `${action} what? Name a message by its id, or say which ones: --state dead --consumer payments.capture.`,
    );
  }
  await onEvents(options, streams, async (operations, { colors }) => {
    const outcome =
      messageId === undefined
        ? await changeMany(operations, action, filter, reason, { limit, isMeant: options.yes === true })
        : await changeOne(operations, action, { messageId, consumer }, reason);
    if (options.json) return outcome;
    return `${outcome.changed > 0 ? `${colors.green('✓')} ` : ''}${told(action, outcome)}\n`;
  });
}

interface Outcome {
  readonly changed: number;
  /** How many could have been changed, where nothing was done since nobody said `--yes`. */
  readonly found?: number;
  /** As many as `--limit` allows: there may be more. */
  readonly mayBeMore?: true;
  readonly messageId?: string;
  readonly consumer?: string;
}

async function changeOne(
  { interventions }: EventOperations,
  action: InterventionAction,
  name: { readonly messageId: string; readonly consumer: string | undefined },
  reason: Reason,
): Promise<Outcome> {
  const { consumer } = await interventions.act(action, name, reason);
  return { changed: 1, messageId: name.messageId, consumer };
}

async function changeMany(
  { interventions }: EventOperations,
  action: InterventionAction,
  filter: DeliveryFilter,
  reason: Reason,
  { limit, isMeant }: { readonly limit: number; readonly isMeant: boolean },
): Promise<Outcome> {
  const cut = (count: number) => (count === limit ? ({ mayBeMore: true } as const) : {});
  if (isMeant) {
    const changed = await interventions.actOnMany(action, filter, reason, limit);
    return { changed, ...cut(changed) };
  }
  const found = await interventions.howMany(action, filter, limit);
  return { changed: 0, found, ...cut(found) };
}

function told(action: InterventionAction, { changed, found, mayBeMore, messageId, consumer }: Outcome): string {
  const more = mayBeMore ? ' There may be more: see --limit.' : '';
  if (messageId !== undefined) return `${messageId} is ${DONE[action]} for ${consumer}.`;
  if (changed > 0) return `${count(changed)} ${changed === 1 ? 'is' : 'are'} ${DONE[action]}.${more}`;
  if (!found) return `No delivery that is meant can be ${DONE[action]}. Nothing was changed.`;
  return `${count(found)} would be ${DONE[action]}. Nothing was changed: add --yes to do it.${more}`;
}

function count(number: number): string {
  return `${number} ${number === 1 ? 'delivery' : 'deliveries'}`;
}
