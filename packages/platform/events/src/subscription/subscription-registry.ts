import type { EventType } from '@macrolith/contract';
import { InstalledModules, PlatformError } from '@macrolith/core';
import { Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type Handler, handlersOf } from './on.js';
import { SubscriptionsFeature } from './subscriptions.js';

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
  readonly handle: (data: unknown) => Promise<void>;
}

/** Who hears which event in this process. Known before any provider is made, so nothing published early is missed. */
@Injectable()
export class SubscriptionRegistry {
  private readonly byConsumer = new Map<string, Subscription>();
  private readonly byType = new Map<string, string[]>();

  constructor(
    installed: InstalledModules,
    private readonly providers: ModuleRef,
  ) {
    for (const { manifest, features } of installed.all) {
      for (const feature of features) {
        if (feature instanceof SubscriptionsFeature) this.addSubscribers(manifest.name, feature.subscribers);
      }
    }
  }

  consumersOf(eventType: string): readonly string[] {
    return this.byType.get(eventType) ?? [];
  }

  find(consumer: string): Subscription | undefined {
    return this.byConsumer.get(consumer);
  }

  private addSubscribers(module: string, subscribers: readonly Type[]): void {
    for (const subscriber of subscribers) {
      const handlers = handlersOf(subscriber);
      if (handlers.length === 0)
        throw new InvalidSubscription(module, `${subscriber.name} has no method marked with @On(…).`);
      for (const handler of handlers) this.add(module, subscriber, handler);
    }
  }

  private add(module: string, subscriber: Type, handler: Handler): void {
    const consumer = consumerName(module, handler);
    if (this.byConsumer.has(consumer)) {
      throw new InvalidSubscription(
        module,
        `two methods are called '${handler.method}'. Rename one: the name identifies the consumer.`,
      );
    }
    this.byConsumer.set(consumer, { consumer, module, event: handler.event, handle: this.caller(subscriber, handler) });
    this.byType.set(handler.event.id, [...this.consumersOf(handler.event.id), consumer]);
  }

  /** Finds the subscriber when the first event comes: by then all providers are made. */
  private caller(subscriber: Type, { method }: Handler): Subscription['handle'] {
    return (data) => {
      const instance = this.providers.get<Record<string, Subscription['handle']>>(subscriber, { strict: false });
      return instance[method]!(data);
    };
  }
}

function consumerName(module: string, { method }: Handler): string {
  return `${module}.${method}`;
}
