import { heardEvent, z } from '@shop/contract';
import { On } from '@shop/events';

export const orderPlaced = heardEvent('orders.order-placed', { version: 1, data: z.object({}) });

export class OrderMoney {
  @On(orderPlaced)
  async hold() {}
}
