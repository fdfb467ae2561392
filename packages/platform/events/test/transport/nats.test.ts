import { afterAll, beforeAll } from '@jest/globals';
import { EventsModule } from '@macrolith/events/nats';
import { type NatsServer, startNats } from '@macrolith/local-services';
import { specifyTransport } from './specification.js';

let nats: NatsServer;
let products = 0;

beforeAll(async () => {
  nats = await startNats();
});
afterAll(() => nats.stop());

specifyTransport('over JetStream', () => {
  // One name for all processes of a test, another for the next test: each has a stream of its own.
  products += 1;
  const system = `t${products}`;
  return {
    module: (options) =>
      EventsModule.forRoot({ ...options, servers: nats.url, system, leaseMs: options.leaseMs ?? 2_000 }),
    owed: 'archive.received_delivery',
  };
});
