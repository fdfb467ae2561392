import type { DataOf } from '@macrolith/contract';
import { On } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { orderCancelled, stockCommitted } from './heard-events.js';
import { Shipping } from './index.js';

/** Sends what was taken from the shelves for an order, and keeps what belongs to an order that is off. */
@Injectable()
export class OrderGoods {
  constructor(private readonly shipping: Shipping) {}

  @On(stockCommitted)
  async sendGoods({ orderId, lines }: DataOf<typeof stockCommitted>): Promise<void> {
    await this.shipping.request({ orderId, lines });
  }

  /** What is fulfilled by hand never comes here, and a part of an order is refunded while its goods stay on their way. */
  @On(orderCancelled)
  async keepGoods({ orderId, status, fulfilment }: DataOf<typeof orderCancelled>): Promise<void> {
    if (status !== 'cancelled' || fulfilment !== 'automatic') return;
    await this.shipping.withdraw({ orderId });
  }
}
