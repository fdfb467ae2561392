import { command, Port } from '@shop/contract';

export abstract class OrderBook extends Port({
  name: 'orders.book',
  version: '1.0.0',
  operations: { open: command({}), close: command({}) },
}) {}

export class OrderBookService implements OrderBook {
  async open() {}

  async close() {}
}
