import { type BrokerOptions, ServiceBroker } from 'moleculer';
import { type Quote, quoteFor, type Wish } from '../quote.js';
import type { Office } from './office.js';

const SERVICE = 'prices';

/** Moleculer over NATS, as its documentation sets it up. Its validator is on by default, so it has a schema as well. */
export const moleculerOffice: Office = {
  name: 'Moleculer',
  async serve(natsUrl) {
    const broker = new ServiceBroker(optionsOf('office', natsUrl));
    broker.createService({
      name: SERVICE,
      actions: {
        quote: {
          params: { sku: { type: 'string', max: 64 }, quantity: { type: 'number', integer: true, min: 1 } },
          handler: ({ params }: { params: Wish }) => quoteFor(params),
        },
      },
    });
    await broker.start();
    return () => broker.stop();
  },
  async customer(natsUrl) {
    const broker = new ServiceBroker(optionsOf('customer', natsUrl));
    await broker.start();
    await broker.waitForServices(SERVICE);
    return {
      ask: (wish) => broker.call<Quote, Wish>(`${SERVICE}.quote`, wish),
      close: () => broker.stop(),
    };
  },
};

function optionsOf(nodeID: string, natsUrl: string): BrokerOptions {
  return { nodeID, transporter: { type: 'NATS', options: { servers: [natsUrl] } }, logger: false };
}
