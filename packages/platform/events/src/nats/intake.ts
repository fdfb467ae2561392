import { Shutdown } from '@macrolith/core';
import { Database } from '@macrolith/data';
import { EventNames } from '@macrolith/nats-connection';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Relay } from '../relay/relay.js';
import { RELAY_OPTIONS, type RelayOptions } from '../relay/relay-options.js';
import { RelaySignal } from '../relay/relay-signal.js';
import { JetStreamLink } from './jetstream-link.js';
import { ModuleIntake } from './module-intake.js';
import { NatsLogs } from './nats-logs.js';
import { NATS_OPTIONS, type NatsOptions } from './nats-options.js';

/** Brings what the modules of this process hear from the stream into their databases. */
@Injectable()
export class Intake implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly intakes: readonly ModuleIntake[];

  constructor(
    logs: NatsLogs,
    database: Database,
    signal: RelaySignal,
    link: JetStreamLink,
    names: EventNames,
    relay: Relay,
    @Inject(NATS_OPTIONS) { readAhead }: NatsOptions,
    @Inject(RELAY_OPTIONS) private readonly options: RelayOptions,
    private readonly shutdown: Shutdown,
  ) {
    const logger = new Logger('Intake');
    const { changeOver } = logs;
    const { leaseMs } = options;
    this.intakes = logs.received.map(
      ({ name, module, events }) =>
        new ModuleIntake({
          database: database.of(module),
          events,
          link,
          names,
          changeOver,
          leaseMs,
          readAhead,
          written: () => signal.wake(name),
          logger,
        }),
    );
    // What could not leave meanwhile leaves now.
    link.whenOpened(() => relay.wakeAll());
  }

  onApplicationBootstrap(): void {
    if (!this.options.enabled) return;
    for (const intake of this.intakes) intake.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.shutdown.waitFor('work', Promise.all(this.intakes.map((intake) => intake.stop())));
  }
}
