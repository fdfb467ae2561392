import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { Workflows } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { OrderHeaderRow } from './book/order-header.entity.js';
import { OrderReader } from './book/order-reader.js';
import { toOrder, toSummary } from './book/views.js';
import { type Order, OrderNotCancellable, Orders } from './index.js';
import { cancelOrder } from './workflows/cancel-order.workflow.js';
import { fulfilOrder } from './workflows/fulfil-order.workflow.js';
import { placeOrder } from './workflows/place-order.workflow.js';
import { refundOrder } from './workflows/refund-order.workflow.js';

@Injectable()
export class OrdersService implements Orders {
  constructor(
    @InjectRepository(OrderHeaderRow) private readonly headers: Repository<OrderHeaderRow>,
    private readonly reader: OrderReader,
    private readonly workflows: Workflows,
  ) {}

  place(input: InputOf<Orders['place']>): Promise<Order> {
    return this.workflows.run(placeOrder, input);
  }

  /** What has left the house is refunded. Asking first would leave a moment in which the order is fulfilled. */
  async cancel(input: InputOf<Orders['cancel']>): Promise<Order> {
    try {
      return await this.workflows.run(cancelOrder, input);
    } catch (error) {
      const fulfilled = error instanceof OrderNotCancellable && error.state === 'fulfilled';
      if (!fulfilled) throw error;
      return this.workflows.run(refundOrder, input);
    }
  }

  fulfil(input: InputOf<Orders['fulfil']>): Promise<Order> {
    return this.workflows.run(fulfilOrder, input);
  }

  async getOrder({ orderId }: InputOf<Orders['getOrder']>): Promise<Order> {
    return toOrder(await this.reader.read(orderId));
  }

  async listOrders(request: InputOf<Orders['listOrders']>): Promise<OutputOf<Orders['listOrders']>> {
    const { customerId, status, reference, cursor, limit = 20 } = request;
    const page = this.headers
      .createQueryBuilder('header')
      .orderBy('header.orderId', 'DESC')
      .limit(limit + 1);
    if (cursor !== undefined) page.andWhere('header.orderId < :cursor', { cursor });
    if (customerId !== undefined) page.andWhere({ customerId });
    if (status !== undefined) page.andWhere({ status });
    if (reference !== undefined) page.andWhere({ reference });

    const summaries = (await page.getMany()).map(toSummary);
    return pageFrom(summaries, limit, (last) => last.orderId);
  }
}
