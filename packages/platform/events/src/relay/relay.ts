import { Shutdown } from '@macrolith/core';
import { Database } from '@macrolith/data';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  Optional,
} from '@nestjs/common';
import { SubscriptionRegistry } from '../subscription/subscription-registry.js';
import { TaskSlots } from '../tasks/task-slots.js';
import { Delivery } from './delivery.js';
import { Hands } from './hands.js';
import { LogRelay, type ServedConsumers } from './log-relay.js';
import { OtherProcesses } from './other-processes.js';
import { Outlet } from './outlet.js';
import { RELAY_OPTIONS, type RelayOptions } from './relay-options.js';
import { RelaySignal } from './relay-signal.js';
import { RelayedLogs } from './relayed-logs.js';
import { TaskConsumers } from './task-consumers.js';

/** Hands over what the logs of this process owe: on commit, when a retry is due, and after a crash. */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relays = new Map<string, LogRelay>();
  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    logs: RelayedLogs,
    database: Database,
    delivery: Delivery,
    tasks: TaskConsumers,
    subscriptions: SubscriptionRegistry,
    private readonly slots: TaskSlots,
    private readonly signal: RelaySignal,
    private readonly others: OtherProcesses,
    @Inject(RELAY_OPTIONS) private readonly options: RelayOptions,
    shutdown: Shutdown,
    @Optional() outlet?: Outlet,
  ) {
    const logger = new Logger('Relay');
    const hands = new Hands(options.hands);
    const served: ServedConsumers = {
      hears: (consumer) => subscriptions.find(consumer) !== undefined,
      tasks: () => tasks.served,
      isReady: (consumer) => consumer !== outlet?.consumer || outlet.isOpen,
    };
    for (const log of logs.all) {
      const own = database.of(log.module);
      this.relays.set(log.name, new LogRelay(log, own, delivery, served, hands, slots, options, logger, shutdown));
    }
  }

  async onApplicationBootstrap(): Promise<void> {
    this.signal.listen((log) => this.written(log));
    if (!this.options.enabled) return;
    await this.slots.prepare();
    this.others.listen(
      (log) => this.relays.get(log)?.hear(),
      () => this.wakeAll(),
    );
    await this.sweepAll();
    this.sweeper = setInterval(() => void this.sweepAll(), this.options.sweepMs);
    this.sweeper.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** Finds out anew whom it serves, e.g. when a consumer was registered, and hands over what there is for them. */
  async sweepAll(): Promise<void> {
    await Promise.all([...this.relays.values()].map((relay) => relay.sweep()));
  }

  /** Takes no new work. Answers how many consumers were still at work when patience ran out. */
  async stop(): Promise<number> {
    clearInterval(this.sweeper);
    this.signal.listen(() => {});
    const left = await Promise.all([...this.relays.values()].map((relay) => relay.stop()));
    return left.reduce((sum, attempts) => sum + attempts, 0);
  }

  /** Others are told when this process cannot hand over all of it, or not soon. */
  private written(log: string): void {
    const relay = this.options.enabled ? this.relays.get(log) : undefined;
    relay?.hear();
    if (relay === undefined || !relay.servesAll || relay.isSaturated) this.others.tell(log);
  }

  /** Looks for work in all logs. Returns at once. */
  wakeAll(): void {
    for (const relay of this.relays.values()) relay.wake();
  }
}
