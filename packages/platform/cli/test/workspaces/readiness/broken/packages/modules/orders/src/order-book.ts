import { command, Port } from '@shop/contract';
import { Payments } from '@shop/payments';

export abstract class OrderBook extends Port({
  name: 'orders.book',
  version: '1.0.0',
  operations: { open: command({}), close: command({}) },
}) {}

export class OrderBookService implements OrderBook {
  constructor(private readonly payments: Payments) {}

  async open(input) {
    await this.payments.charge(input);
  }

  async close() {}
}
