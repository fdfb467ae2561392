import type { DataOf } from '@macrolith/contract';
import { On } from '@macrolith/events';
import { Inventory } from '@macrolith/inventory';
import { Notifications } from '@macrolith/notifications';
import { Payments } from '@macrolith/payments';
import { Injectable } from '@nestjs/common';
import { OrderBook } from '../book/order-book.js';
import { OrderReader, type StoredOrder } from '../book/order-reader.js';
import { OrderChanging } from '../index.js';
import { fulfilledNews, undeliverableNews } from '../news.js';
import { shipmentRefused, shipmentRequested } from './heard-events.js';

/**
 * How an automatic order ends: fulfilled when its goods are sent, cancelled when one of the others could not do its part.
 * Whatever the others did before is theirs to take back: they hear that the order is cancelled. Each looks at the order
 * under its lock, so news may come twice, late, or after the customer has cancelled: an order ends once, and is told once.
 */
@Injectable()
export class AutomaticFulfilment {
  constructor(
    private readonly reader: OrderReader,
    private readonly book: OrderBook,
    private readonly notifications: Notifications,
  ) {}

  @On(shipmentRequested)
  async fulfilSent({ orderId }: DataOf<typeof shipmentRequested>): Promise<void> {
    const { status, fulfilment } = await this.lock(orderId);
    if (fulfilment !== 'automatic' || status !== 'placed') return;
    const order = await this.book.fulfil({ orderId, fulfilment });
    await this.book.announceFulfilment({ order });
    await this.notifications.send(fulfilledNews(order));
  }

  @On(Payments.event.paymentNotCaptured)
  async giveUpUnpaid({ orderId }: DataOf<typeof Payments.event.paymentNotCaptured>): Promise<void> {
    await this.giveUp(await this.lock(orderId), 'The payment could not be taken.');
  }

  @On(Inventory.event.stockNotCommitted)
  async giveUpMissing({ orderId }: DataOf<typeof Inventory.event.stockNotCommitted>): Promise<void> {
    await this.giveUp(await this.lock(orderId), 'The goods are not there any more.');
  }

  @On(shipmentRefused)
  async giveUpUnsent({ orderId, reason }: DataOf<typeof shipmentRefused>): Promise<void> {
    await this.giveUp(await this.lock(orderId), reason);
  }

  /** An order that somebody else is changing may yet be what it was before: the news comes again. */
  private async lock(orderId: string): Promise<StoredOrder> {
    const order = await this.reader.lock(orderId);
    if (order.changing) throw new OrderChanging({ orderId });
    return order;
  }

  private async giveUp({ orderId, status, fulfilment }: StoredOrder, reason: string): Promise<void> {
    if (fulfilment !== 'automatic' || (status !== 'placed' && status !== 'fulfilled')) return;
    const { order, cancellation } = await this.book.strike({ orderId, reason, from: status, leavesToOthers: true });
    await this.book.announceCancellation({ order, cancellation });
    await this.notifications.send(undeliverableNews(order, cancellation));
  }
}
