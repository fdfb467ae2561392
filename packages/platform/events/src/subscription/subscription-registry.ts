import type { EventType, Operation } from '@macrolith/contract';
import { InstalledModules, type Manifest, PlatformError } from '@macrolith/core';
import { Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { EventEnvelope } from '../log/message.js';
import { GENERATION_MARK } from '../projection/generation.js';
import { projectionOf } from '../projection/projection.js';
import { eventNameOf } from './event-name.js';
import { type Handler, handlersOf } from './on.js';
import { SubscriptionsFeature } from './subscriptions.js';
import type { Upcaster } from './upcast.js';

/** A subscription that could never be told apart from another, or that hears nothing. */
export class InvalidSubscription extends PlatformError {
  readonly code = 'macrolith.invalid-subscription';
  constructor(
    readonly module: string,
    problem: string,
  ) {
    super(`'${module}' cannot subscribe: ${problem}`);
  }
}

/** One consumer of one event: a method of a module. */
export interface Subscription {
  /** Stable and unique: `notifications.thank`. Stored with each delivery, so renaming the method makes a new consumer. */
  readonly consumer: string;
  readonly module: string;
  readonly event: EventType<any>;
  /** The event's name without its version: what is subscribed to. */
  readonly eventName: string;
  readonly from: 'now' | 'beginning';
  readonly upcasters: readonly Upcaster[];
  /** The projection that it is a part of: then it hears once for each generation, under a name of its own. */
  readonly projection: string | undefined;
  readonly handle: (data: unknown, envelope: EventEnvelope) => Promise<void>;
}

/** Who hears which event in this process. Known before any provider is made, so nothing published early is missed. */
@Injectable()
export class SubscriptionRegistry {
  private readonly byConsumer = new Map<string, Subscription>();

  constructor(
    installed: InstalledModules,
    private readonly providers: ModuleRef,
  ) {
    for (const { manifest, features } of installed.all) {
      for (const feature of features) {
        if (feature instanceof SubscriptionsFeature) this.addSubscribers(manifest, feature.subscribers);
      }
    }
  }

  get all(): readonly Subscription[] {
    return [...this.byConsumer.values()];
  }

  /** Those who hear an event, whichever version of it. */
  hearing(eventType: string): readonly Subscription[] {
    const { name } = eventNameOf(eventType);
    return this.all.filter(({ eventName }) => eventName === name);
  }

  find(consumer: string): Subscription | undefined {
    return this.byConsumer.get(consumer) ?? this.byConsumer.get(consumer.split(GENERATION_MARK, 1)[0]!);
  }

  private addSubscribers(manifest: Manifest, subscribers: readonly Type[]): void {
    for (const subscriber of subscribers) {
      const handlers = handlersOf(subscriber);
      if (handlers.length === 0)
        throw new InvalidSubscription(manifest.name, `${subscriber.name} has no method marked with @On(…).`);
      for (const handler of handlers) this.add(manifest, subscriber, handler);
    }
  }

  private add({ name: module, port }: Manifest, subscriber: Type, handler: Handler): void {
    const operations: Readonly<Record<string, Operation>> = port.contract.operations;
    if (operations[handler.method]?.kind === 'task') {
      throw new InvalidSubscription(
        module,
        `the method '${handler.method}' is called like its task. Rename one: the name identifies the consumer.`,
      );
    }
    const consumer = `${module}.${handler.method}`;
    if (this.byConsumer.has(consumer)) {
      throw new InvalidSubscription(
        module,
        `two methods are called '${handler.method}'. Rename one: the name identifies the consumer.`,
      );
    }
    const { event, options } = handler;
    const projection = projectionOf(subscriber)?.name;
    this.byConsumer.set(consumer, {
      consumer,
      module,
      event,
      eventName: eventNameOf(event.id).name,
      from: projection === undefined ? (options.from ?? 'now') : 'beginning',
      upcasters: options.upcasters ?? [],
      projection,
      handle: this.caller(subscriber, handler),
    });
  }

  /** Finds the subscriber when the first event comes: by then all providers are made. */
  private caller(subscriber: Type, { method }: Handler): Subscription['handle'] {
    return (data, envelope) => {
      const instance = this.providers.get<Record<string, Subscription['handle']>>(subscriber, { strict: false });
      return instance[method]!(data, envelope);
    };
  }
}
