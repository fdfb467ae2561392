import { InstalledModules } from '@macrolith/core';
import { Database } from '@macrolith/data';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { publishersOf } from '../outbox/publishers.js';
import { Attempts } from './attempts.js';
import { Delivery } from './delivery.js';
import { ModuleRelay } from './module-relay.js';
import { RELAY_OPTIONS, type RelayOptions } from './relay-options.js';
import { RelaySignal } from './relay-signal.js';

/** Hands over what the outboxes of this process's modules hold: on commit, when a retry is due, and after a crash. */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relays = new Map<string, ModuleRelay>();

  constructor(
    installed: InstalledModules,
    database: Database,
    delivery: Delivery,
    private readonly signal: RelaySignal,
    @Inject(RELAY_OPTIONS) private readonly options: RelayOptions,
  ) {
    const logger = new Logger('Relay');
    for (const { module, statements } of publishersOf(installed)) {
      const own = database.of(module);
      const attempts = new Attempts(own, statements, delivery, options, logger);
      const relay = new ModuleRelay(own, statements, attempts, options, logger);
      this.relays.set(module, relay);
    }
  }

  onApplicationBootstrap(): void {
    if (!this.options.enabled) return;
    this.signal.listen((module) => this.relays.get(module)?.wake());
    for (const relay of this.relays.values()) relay.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** Takes no new work. Answers how many consumers were still at work when patience ran out. */
  async stop(): Promise<number> {
    this.signal.listen(() => {});
    const left = await Promise.all([...this.relays.values()].map((relay) => relay.stop()));
    return left.reduce((sum, attempts) => sum + attempts, 0);
  }
}
