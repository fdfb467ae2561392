/** Processes of a test on one database and one NATS, and a plain client that looks at what they do there. */

import { EventsModule, type NatsEventsOptions } from '@macrolith/events/nats';
import { createTestDatabase, type NatsServer, startNats, type TestDatabase } from '@macrolith/local-services';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { mood, Processes } from '../gazette.js';

export class OverNats {
  private constructor(
    readonly database: TestDatabase,
    readonly nats: NatsServer,
    readonly processes: Processes,
    readonly client: NatsConnection,
    readonly manager: JetStreamManager,
  ) {}

  static async start(options: NatsEventsOptions = {}, configuration = ''): Promise<OverNats> {
    const [database, nats] = await Promise.all([createTestDatabase(), startNats({ configuration })]);
    const processes = new Processes(database.url, (relay) =>
      EventsModule.forRoot({ leaseMs: 2_000, ...relay, servers: nats.url, ...options }),
    );
    const client = await connect({ servers: nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    return new OverNats(database, nats, processes, client, await jetstreamManager(client));
  }

  /** Publishes as any program may, and waits until the stream has it. */
  async publish(subject: string, attributes: Record<string, string>, payload: string): Promise<void> {
    const all = headers();
    for (const [name, value] of Object.entries(attributes)) all.set(name, value);
    await this.manager.jetstream().publish(subject, payload, { headers: all });
  }

  async end(): Promise<void> {
    mood.trouble = () => {};
    await this.processes.end();
    await this.client.close();
    await this.nats.stop();
    await this.database.drop();
  }
}
