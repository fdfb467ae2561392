import {
  type DeliveryState,
  type DeliveryView,
  EventOperations,
  type MessageWithDeliveries,
} from '@macrolith/events/operations';
import { Injectable } from '@nestjs/common';
import type { Handling, OrderStory, StoryEntry } from './order-story.js';

/** Tells what followed from an order, from the logs of all modules, wherever they run. */
@Injectable()
export class StoryTeller {
  constructor(private readonly operations: EventOperations) {}

  /** Events about an order are told under its id. */
  async tell(orderId: string): Promise<OrderStory> {
    const { messages, isCut } = await this.operations.stories.about(orderId);
    return { entries: messages.map(toEntry), isCut };
  }
}

function toEntry({ messageId, kind, type, source, time, causationId, deliveries }: MessageWithDeliveries): StoryEntry {
  return {
    messageId,
    kind,
    type,
    saidBy: source.replace(/^\//, ''),
    saidAt: time,
    ...(causationId === undefined ? {} : { because: causationId }),
    handled: deliveries.map(toHandling),
  };
}

function toHandling({ consumer, state, attempts, failure, failedAt, closedAt }: DeliveryView): Handling {
  const at = closedAt ?? failedAt;
  return {
    by: consumer,
    state: IS_OPEN.has(state) ? 'open' : (state as Handling['state']),
    attempts,
    ...(at === undefined ? {} : { at }),
    ...(failure === undefined || state === 'done' ? {} : { failure }),
  };
}

const IS_OPEN: ReadonlySet<DeliveryState> = new Set(['due', 'leased', 'waiting', 'parked', 'held']);
