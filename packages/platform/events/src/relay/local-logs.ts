import type { EventsInDatabase, InstalledModules, UnitOfWork } from '@macrolith/core';
import type { Database } from '@macrolith/data';
import { ConsumerRegistration, type WantedConsumer } from '../consumer/consumer-registration.js';
import { type Publisher, publishersOf } from '../outbox/publishers.js';
import { ChangeBack } from '../received/change-back.js';
import type { Subscription, SubscriptionRegistry } from '../subscription/subscription-registry.js';
import { JETSTREAM } from './outlet.js';
import { type RelayedLog, RelayedLogs } from './relayed-logs.js';

/** The outboxes of this process's modules, from which subscribers in this process hear directly. */
export class LocalLogs extends RelayedLogs implements EventsInDatabase {
  private constructor(
    readonly outboxes: readonly Publisher[],
    readonly all: readonly RelayedLog[],
    private readonly consumers: readonly KnownConsumer[],
  ) {
    super();
  }

  /**
   * Registers the subscribers of this process with the outboxes of the modules that they hear, and changes back where events went over
   * a broker before. It leaves all as it is where they may go to a module elsewhere: such a process is refused, and has changed nothing.
   */
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
    const before = new LocalLogs(outboxes, logs, await consumersOf(outboxes, database));
    if (before.travelledBefore && installed.all.some(({ isRemote }) => isRemote)) return before;
    await new ChangeBack(database, unitOfWork, subscriptions, outboxes).run();
    await Promise.all(
      logs.map(({ module, tables, wanted }) =>
        new ConsumerRegistration(database.of(module), unitOfWork, tables).register(wanted),
      ),
    );
    return new LocalLogs(
      outboxes,
      logs,
      before.consumers.filter(({ name }) => name !== JETSTREAM),
    );
  }

  get travelledBefore(): boolean {
    return this.consumers.some(({ name }) => name === JETSTREAM);
  }

  askedForBy(module: string): readonly string[] {
    return this.consumers.filter(({ name }) => name.split('.', 1)[0] === module).map(({ event }) => event);
  }
}

type KnownConsumer = Pick<WantedConsumer, 'name' | 'event'>;

async function consumersOf(outboxes: readonly Publisher[], database: Database): Promise<readonly KnownConsumer[]> {
  const known = outboxes.map(async ({ module, tables }) => {
    const { rows } = await database.of(module).query<KnownConsumer>(`SELECT name, event FROM ${tables.consumer}`);
    return rows;
  });
  return (await Promise.all(known)).flat();
}
