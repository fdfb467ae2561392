import { InstalledModules, UnitOfWork } from '@macrolith/core';
import { Database } from '@macrolith/data';
import { ConsumerRegistration, type WantedConsumer } from '../consumer/consumer-registration.js';
import { type Publisher, publishersOf } from '../outbox/publishers.js';
import { type Subscription, SubscriptionRegistry } from '../subscription/subscription-registry.js';
import { type RelayedLog, RelayedLogs } from './relayed-logs.js';

/** The outboxes of this process's modules, from which subscribers in this process hear directly. */
export class LocalLogs extends RelayedLogs {
  private constructor(
    readonly outboxes: readonly Publisher[],
    readonly all: readonly RelayedLog[],
  ) {
    super();
  }

  /** Registers the subscribers of this process with the outboxes of the modules that they hear. */
  static async register(
    installed: InstalledModules,
    database: Database,
    unitOfWork: UnitOfWork,
    subscriptions: SubscriptionRegistry,
  ): Promise<LocalLogs> {
    const outboxes = publishersOf(installed);
    const logs = outboxes.map(({ module, tables }) => {
      const carries = ({ event }: Subscription) => event.module === module;
      const wanted: WantedConsumer[] = subscriptions.all
        .filter((subscription) => carries(subscription) && subscription.projection === undefined)
        .map(({ consumer: name, eventName: event, from }) => ({ name, event, from }));
      return { name: module, module, tables, carries, wanted };
    });
    await Promise.all(
      logs.map(({ module, tables, wanted }) =>
        new ConsumerRegistration(database.of(module), unitOfWork, tables).register(wanted),
      ),
    );
    return new LocalLogs(outboxes, logs);
  }
}
