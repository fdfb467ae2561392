import { randomUUID } from 'node:crypto';
import { type EventType, encodeEvent } from '@macrolith/contract';
import { consumerOf, Delivery, ProjectionHost, type Subscription, SubscriptionRegistry } from '@macrolith/events/local';
import type { RunningModules } from './boot-module.js';
import { recordHandling } from './statements-of.js';

export interface HearOptions {
  /** The message's id. Give the same twice to act out a redelivery. Default: a new one. */
  readonly messageId?: string;
}

/** What subscribers hear, as it is written in a log. */
export interface SaidEvent {
  readonly messageId: string;
  readonly module: string;
  readonly type: string;
  readonly key: string;
  readonly data: unknown;
}

/** Lets the subscribers here hear an event of a module that is not here, the way the relay would. */
export async function hear<Data>(
  modules: RunningModules,
  event: EventType<Data>,
  data: Data,
  { messageId = randomUUID() }: HearOptions = {},
): Promise<void> {
  const { id: type, module } = event;
  const said = { messageId, module, type, key: event.key(data), data: encodeEvent(event, data) };
  await (modules.process === undefined ? deliver(modules, said) : modules.process.hear(said));
}

/** The same in the process of the subscribers. */
export async function deliver(
  modules: RunningModules,
  { messageId, module, type, key, data }: SaidEvent,
): Promise<void> {
  const subscriptions = modules.get(SubscriptionRegistry).hearing(type);
  if (subscriptions.length === 0)
    throw new Error(`Nobody here subscribes to ${type}. Boot a module with an @On(…) for it.`);
  recordHandling(messageId);
  for (const subscription of subscriptions) {
    const message = {
      position: '0',
      consumer: await consumerNow(modules, subscription),
      id: messageId,
      kind: 'event' as const,
      source: `/${module}`,
      type,
      key,
      time: new Date(),
      data,
      traceparent: undefined,
      correlationId: messageId,
      causationId: undefined,
      attempt: 1,
      round: 0,
    };
    await modules.get(Delivery).deliver(message, Date.now() + 10_000);
  }
}

/** A projection hears for the generation that answers. */
async function consumerNow(modules: RunningModules, { module, consumer, projection }: Subscription): Promise<string> {
  if (projection === undefined) return consumer;
  const { generation } = await modules.get(ProjectionHost).status(module, projection);
  return consumerOf(consumer, generation);
}
