import type { InstalledModules, UnitOfWork } from '@macrolith/core';
import type { Database } from '@macrolith/data';
import type { WantedConsumer } from '../consumer/consumer-registration.js';
import { receivedBy, receivedOf } from '../log/log-tables.js';
import { type Publisher, publishersOf } from '../outbox/publishers.js';
import { ChangeOver } from '../received/change-over.js';
import { ReceivedRegistration } from '../received/received-registration.js';
import { JETSTREAM } from '../relay/outlet.js';
import { type RelayedLog, RelayedLogs } from '../relay/relayed-logs.js';
import type { Subscription, SubscriptionRegistry } from '../subscription/subscription-registry.js';

/** A log of what a module has received. */
export interface ReceivedLog extends RelayedLog {
  /** All who hear something of it, also those that are not registered at the start. */
  readonly heard: readonly WantedConsumer[];
  /** The names of the events that its subscribers hear. */
  readonly events: readonly string[];
}

/**
 * The outboxes of this process's modules, from which events go to the stream and tasks to their providers, and what its
 * modules have received, from which their subscribers hear.
 */
export class NatsLogs extends RelayedLogs {
  readonly all: readonly RelayedLog[];

  private constructor(
    readonly outboxes: readonly Publisher[],
    readonly received: readonly ReceivedLog[],
    readonly changeOver: ChangeOver,
  ) {
    super();
    const wanted: readonly WantedConsumer[] = [{ name: JETSTREAM, event: '*', from: 'now' }];
    // Subscribers hear from what their modules have received, not from what was said.
    const carries = () => false;
    const said = outboxes.map(({ module, tables }) => ({ name: module, module, tables, carries, wanted }));
    this.all = [...said, ...received];
  }

  /** Notes who hears what over the stream, and changes over from subscribers that heard directly. */
  static async register(
    installed: InstalledModules,
    database: Database,
    unitOfWork: UnitOfWork,
    subscriptions: SubscriptionRegistry,
  ): Promise<NatsLogs> {
    const outboxes = publishersOf(installed);
    const changeOver = new ChangeOver(database, unitOfWork, subscriptions, outboxes);
    const received = [...new Set(subscriptions.all.map(({ module }) => module))].map((module) =>
      receivedLog(module, database.of(module).schema, subscriptions),
    );
    // In this order: what is no longer addressed to a subscriber itself is read for it.
    for (const { module, wanted, heard } of received) {
      await new ReceivedRegistration(database.of(module), unitOfWork).register(wanted, heard);
    }
    await changeOver.register(JETSTREAM);
    return new NatsLogs(outboxes, received, changeOver);
  }
}

function receivedLog(module: string, schema: string, subscriptions: SubscriptionRegistry): ReceivedLog {
  const carries = (subscription: Subscription) => subscription.module === module;
  const own = subscriptions.all.filter(carries);
  const heard = own.map(consumerOf);
  // A projection registers its generations itself.
  const wanted = own.filter(({ projection }) => projection === undefined).map(consumerOf);
  const events = [...new Set(heard.map(({ event }) => event))];
  return { name: receivedBy(module), module, tables: receivedOf(schema), carries, wanted, heard, events };
}

function consumerOf({ consumer: name, eventName: event, from }: Subscription): WantedConsumer {
  return { name, event, from };
}
