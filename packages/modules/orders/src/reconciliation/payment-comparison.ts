import type { InputOf } from '@macrolith/contract';
import { type Payment, Payments } from '@macrolith/payments';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, MoreThan, Repository } from 'typeorm';
import { OrderHeaderRow } from '../book/order-header.entity.js';
import type { Orders } from '../index.js';
import { type ComparedOrder, compareOrder } from './compare-order.js';
import type { OrderDifference, OrderReconciliation } from './order-reconciliation.js';

const PAGE = 100;
const MAX_DIFFERENCES = 1000;
const DEFAULT_AGE_S = 60;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NIL = '00000000-0000-0000-0000-000000000000';

/**
 * Compares orders with payments, page by page: first every payment with the order that it is for, then every order that no
 * payment led to.
 */
@Injectable()
export class PaymentComparison {
  constructor(
    @InjectRepository(OrderHeaderRow) private readonly headers: Repository<OrderHeaderRow>,
    private readonly payments: Payments,
  ) {}

  async compare({ olderThanSeconds = DEFAULT_AGE_S }: InputOf<Orders['reconcile']>): Promise<OrderReconciliation> {
    const before = new Date(Date.now() - olderThanSeconds * 1000);
    const differences: OrderDifference[] = [];
    let [ordersCompared, paymentsCompared] = [0, 0];

    for await (const payments of this.paymentPages()) {
      paymentsCompared += payments.length;
      const orders = await this.ordersOf(payments);
      for (const payment of payments) {
        if (payment.updatedAt > before) continue;
        const difference = compareOrder(orders.get(payment.orderId), payment);
        // Others of the same order are looked at from the order's side.
        if (difference?.kind === 'charge-without-order') differences.push(difference);
      }
      if (differences.length > MAX_DIFFERENCES) break;
    }
    for await (const orders of this.orderPages(before)) {
      if (differences.length > MAX_DIFFERENCES) break;
      ordersCompared += orders.length;
      const payments = await this.paymentsOf(orders);
      for (const order of orders) {
        const difference = compareOrder(order, order.paymentId === null ? undefined : payments.get(order.paymentId));
        if (difference !== undefined) differences.push(difference);
      }
    }
    const complete = differences.length <= MAX_DIFFERENCES;
    return { ordersCompared, paymentsCompared, differences: differences.slice(0, MAX_DIFFERENCES), complete };
  }

  async mend(request: InputOf<Orders['mend']>): Promise<OrderReconciliation> {
    const found = await this.compare(request);
    const inVain = found.differences.filter(({ mendable }) => mendable).map(({ paymentId }) => paymentId!);
    if (inVain.length > 0) await this.payments.voidHeld({ paymentIds: inVain });
    return found;
  }

  private async *paymentPages(of: { readonly orderIds?: string[] } = {}): AsyncGenerator<Payment[]> {
    let cursor: string | undefined;
    do {
      const page = await this.payments.listPayments({
        ...of,
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      });
      yield page.items;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }

  private async *orderPages(before: Date): AsyncGenerator<ComparedOrder[]> {
    let last = NIL;
    for (;;) {
      const page = await this.headers.find({
        where: { orderId: MoreThan(last), placedAt: LessThan(before) },
        order: { orderId: 'ASC' },
        take: PAGE,
      });
      if (page.length === 0) return;
      yield page;
      last = page.at(-1)!.orderId;
    }
  }

  private async ordersOf(payments: readonly Payment[]): Promise<ReadonlyMap<string, ComparedOrder>> {
    const ids = payments.map(({ orderId }) => orderId).filter((orderId) => UUID.test(orderId));
    const rows = await this.headers.findBy({ orderId: In(ids) });
    return new Map(rows.map((row) => [row.orderId, row]));
  }

  /** By their ids. */
  private async paymentsOf(orders: readonly ComparedOrder[]): Promise<ReadonlyMap<string, Payment>> {
    const orderIds = orders.map(({ orderId }) => orderId);
    const found = new Map<string, Payment>();
    for await (const payments of this.paymentPages({ orderIds })) {
      for (const payment of payments) found.set(payment.paymentId, payment);
    }
    return found;
  }
}
