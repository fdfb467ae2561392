import { Orders } from '@shop/orders';
import { Shop } from './index.js';

export class ShopService implements Shop {
  constructor(private readonly orders: Orders) {}

  async sell(input) {
    await this.orders.settle(input);
  }
}
