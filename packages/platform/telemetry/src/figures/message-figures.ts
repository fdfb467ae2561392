import type { Work } from '@macrolith/core';
import type { Outcome } from '../outcome/outcome.js';
import { Counter } from './counter.js';
import { Histogram } from './histogram.js';
import { IN_PROCESS_SECONDS, WAITING_SECONDS } from './seconds.js';

type MessageWork = Extract<Work, { readonly kind: 'message' }>;

/** What the relay hands over: to whom, how often, how it ends, how long it waited and how long it took. */
export class MessageFigures {
  readonly messages = new Counter({
    name: 'macrolith.messages',
    help: 'Attempts to hand over a message, by how they ended.',
    unit: '{message}',
  });
  readonly duration = new Histogram(
    { name: 'macrolith.message.duration', help: 'How long a consumer took for a message.', unit: 's' },
    IN_PROCESS_SECONDS,
  );
  readonly wait = new Histogram(
    {
      name: 'macrolith.message.wait',
      help: 'How old an event was when it was first handed over: from the beginning of the transaction that wrote it.',
      unit: 's',
    },
    WAITING_SECONDS,
  );

  /** @param now milliseconds since the epoch */
  begun({ message, consumer, type, attempt, writtenAt }: MessageWork, now: number): void {
    // Later attempts wait for their pause, and a task may have been asked for tomorrow.
    if (message !== 'event' || attempt > 1) return;
    this.wait.series({ consumer, type }).record(Math.max(0, now - writtenAt.getTime()) / 1_000);
  }

  ended({ message, consumer, type }: MessageWork, seconds: number, outcome: Outcome): void {
    const labels = { message, consumer, type };
    this.duration.series(labels).record(seconds);
    const how = outcome.is === 'ok' ? { outcome: outcome.is } : { outcome: outcome.is, 'error.type': outcome.type };
    this.messages.series({ ...labels, ...how }).add();
  }
}
