import { html, type Tone } from '@macrolith/ui';
import type { DeliveryState } from './answers.js';

interface StateWords {
  readonly label: string;
  readonly tone: Tone;
  /** What it means, for somebody who sees it for the first time. */
  readonly meaning: string;
}

export const STATE_WORDS: Readonly<Record<DeliveryState, StateWords>> = {
  due: { label: 'Due', tone: 'brand', meaning: 'The next relay that serves the consumer takes it.' },
  leased: { label: 'Being handed over', tone: 'brand', meaning: 'A process is working on it right now.' },
  waiting: { label: 'Waiting', tone: 'warning', meaning: 'It failed and is tried again, or it was delayed.' },
  parked: { label: 'Behind another', tone: 'neutral', meaning: 'An earlier message of its key has not ended.' },
  held: { label: 'Held', tone: 'warning', meaning: 'No running process has the consumer and understands it.' },
  dead: { label: 'Dead letter', tone: 'danger', meaning: 'All attempts failed. It waits for you.' },
  done: { label: 'Done', tone: 'success', meaning: 'It had its effect.' },
  discarded: { label: 'Discarded', tone: 'neutral', meaning: 'Somebody decided that it is owed no longer.' },
};

export function deliveryState(state: DeliveryState) {
  const { label, tone, meaning } = STATE_WORDS[state];
  return html`<ml-status tone=${tone} title=${meaning}>${label}</ml-status>`;
}

/** Numbers of open and dead ones are counted no further than this. */
const COUNTED_UP_TO = 10_000;

export function countText(count: number): string {
  return count >= COUNTED_UP_TO ? `${COUNTED_UP_TO.toLocaleString()} or more` : count.toLocaleString();
}
