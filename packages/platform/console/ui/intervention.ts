import { api, path, toast, withQuery } from '@macrolith/ui';
import type { Delivery, DeliveryState } from './answers.js';
import { askReason } from './reason-dialog.js';

export type Action = 'retry' | 'discard' | 'replay';

interface ActionWords {
  readonly label: string;
  readonly done: string;
  readonly tone: 'brand' | 'danger';
  readonly what: string;
}

export const ACTION_WORDS: Readonly<Record<Action, ActionWords>> = {
  retry: {
    label: 'Retry',
    done: 'retried',
    tone: 'brand',
    what: 'It is handed over again now, with all attempts before it. Later messages of its key may have been handed over already.',
  },
  discard: {
    label: 'Discard',
    done: 'discarded',
    tone: 'danger',
    what: 'It is never handed over, and the next message of its key goes on. It can be replayed later.',
  },
  replay: {
    label: 'Replay',
    done: 'replayed',
    tone: 'brand',
    what: 'It is handed over once more and acts again, as if it had not acted before.',
  },
};

/** What can be done about a delivery in a state. */
export function actionsFor(state: DeliveryState | 'open'): readonly Action[] {
  switch (state) {
    case 'dead':
    case 'waiting':
    case 'held':
      return ['retry', 'discard'];
    case 'open':
    case 'due':
    case 'parked':
      return ['discard'];
    case 'done':
    case 'discarded':
      return ['replay'];
    case 'leased':
      return [];
  }
}

/** Asks for the reason and acts on one delivery. Answers whether it was done. */
export async function intervene(action: Action, messageId: string, { consumer }: Delivery): Promise<boolean> {
  const { label, tone, what, done } = ACTION_WORDS[action];
  const isDone = await askReason({
    heading: `${label} for ${consumer}?`,
    message: what,
    confirmLabel: label,
    tone,
    run: async (reason) => {
      await api.post(path`/api/console/messages/${messageId}/interventions`, { action, consumer, ...reason });
    },
  });
  if (isDone) toast({ message: `It is ${done} for ${consumer}.`, tone: 'success' });
  return isDone;
}

export type FilterValues = Readonly<Record<string, string>>;

/** Tells how many it will be, asks for the reason, and acts on all that the filter means. */
export async function interveneMany(action: Action, filter: FilterValues): Promise<boolean> {
  const { found } = await api.get<{ found: number }>(
    withQuery('/api/console/interventions/count', { action, ...filter }),
  );
  const { label, tone, what, done } = ACTION_WORDS[action];
  if (found === 0) {
    toast({ message: `None of them can be ${done} now.` });
    return false;
  }
  let changed = 0;
  const isDone = await askReason({
    heading: `${label} ${deliveries(found)}?`,
    message: `That is all that the filter means and that can be ${done}, the oldest first. Of each: ${what}`,
    confirmLabel: `${label} ${found.toLocaleString()}`,
    tone,
    run: async (reason) => {
      const body = { action, atMost: found, ...filter, ...reason };
      ({ changed } = await api.post<{ changed: number }>('/api/console/interventions', body));
    },
  });
  if (isDone) toast({ message: `${deliveries(changed)} ${changed === 1 ? 'is' : 'are'} ${done}.`, tone: 'success' });
  return isDone;
}

function deliveries(count: number): string {
  return `${count.toLocaleString()} ${count === 1 ? 'delivery' : 'deliveries'}`;
}
