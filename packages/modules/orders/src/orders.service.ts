import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { Workflows } from '@macrolith/core';
import { NotHeld, ReservationEnded } from '@macrolith/inventory';
import { InvalidPaymentState } from '@macrolith/payments';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { OrderHeaderRow } from './book/order-header.entity.js';
import { OrderReader } from './book/order-reader.js';
import { toOrder, toSummary } from './book/views.js';
import {
  OnePayerNeeded,
  type Order,
  OrderBeingFulfilled,
  OrderNotCancellable,
  OrderNotFound,
  Orders,
} from './index.js';
import { PaymentComparison } from './reconciliation/payment-comparison.js';
import { type OrderStory } from './story/order-story.js';
import { StoryTeller } from './story/story-teller.js';
import { cancelOrder } from './workflows/cancel-order.workflow.js';
import { fulfilOrder } from './workflows/fulfil-order.workflow.js';
import { placeCardOrder } from './workflows/place-card-order.workflow.js';
import { placeOrder } from './workflows/place-order.workflow.js';
import { refundOrder } from './workflows/refund-order.workflow.js';
import { withdrawOrder } from './workflows/withdraw-order.workflow.js';

/** What refuses to take back money or goods that are not where the order left them. */
const MOVED_ON = [InvalidPaymentState, ReservationEnded, NotHeld];

@Injectable()
export class OrdersService implements Orders {
  constructor(
    @InjectRepository(OrderHeaderRow) private readonly headers: Repository<OrderHeaderRow>,
    private readonly reader: OrderReader,
    private readonly workflows: Workflows,
    private readonly comparison: PaymentComparison,
    private readonly stories: StoryTeller,
  ) {}

  async place(input: InputOf<Orders['place']>): Promise<Order> {
    const payers = [input.accountId, input.card].filter((payer) => payer !== undefined).length;
    if (payers !== 1) throw new OnePayerNeeded({ payers });
    return this.workflows.run(input.card === undefined ? placeOrder : placeCardOrder, input);
  }

  /**
   * What has left the house is refunded, and whoever fulfils an automatic order hears that it is off. Asking first would
   * leave a moment in which the order is fulfilled.
   */
  async cancel(input: InputOf<Orders['cancel']>): Promise<Order> {
    try {
      return await this.workflows.run(cancelOrder, input);
    } catch (error) {
      if (error instanceof OrderBeingFulfilled) return this.withdraw(input);
      if (await this.hasMovedOn(input.orderId, error)) throw new OrderBeingFulfilled({ orderId: input.orderId });
      return this.refundIfFulfilled(input, error);
    }
  }

  private async withdraw(input: InputOf<Orders['cancel']>): Promise<Order> {
    try {
      return await this.workflows.run(withdrawOrder, input);
    } catch (error) {
      return this.refundIfFulfilled(input, error);
    }
  }

  /** Whether the automatic fulfilment of the order has moved its money or its goods on. */
  private async hasMovedOn(orderId: string, error: unknown): Promise<boolean> {
    const isRefusal = MOVED_ON.some((refusal) => error instanceof refusal);
    return isRefusal && (await this.reader.read(orderId)).fulfilment === 'automatic';
  }

  private async refundIfFulfilled(input: InputOf<Orders['cancel']>, error: unknown): Promise<Order> {
    const isFulfilled = error instanceof OrderNotCancellable && error.state === 'fulfilled';
    if (!isFulfilled) throw error;
    return this.workflows.run(refundOrder, input);
  }

  fulfil(input: InputOf<Orders['fulfil']>): Promise<Order> {
    return this.workflows.run(fulfilOrder, input);
  }

  async getOrder({ orderId }: InputOf<Orders['getOrder']>): Promise<Order> {
    return toOrder(await this.reader.read(orderId));
  }

  async getStory({ orderId }: InputOf<Orders['getStory']>): Promise<OrderStory> {
    if (!(await this.headers.existsBy({ orderId }))) throw new OrderNotFound({ orderId });
    return this.stories.tell(orderId);
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

  reconcile(request: InputOf<Orders['reconcile']>): Promise<OutputOf<Orders['reconcile']>> {
    return this.comparison.compare(request);
  }

  mend(request: InputOf<Orders['mend']>): Promise<OutputOf<Orders['mend']>> {
    return this.comparison.mend(request);
  }
}
