import type { DataOf } from '@macrolith/contract';
import { Events, On } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Payments } from '../index.js';
import { PaymentRow } from '../payment.entity.js';
import { orderCancelled, orderPlaced } from './heard-events.js';

/**
 * Takes the money of orders that are fulfilled automatically, and gives it back when one is cancelled. Both look at the
 * payment under its lock and only do what is left to do, so news may come twice and in either order: what was cancelled
 * first is never taken, and nothing is given back twice.
 */
@Injectable()
export class OrderMoney {
  constructor(
    @InjectRepository(PaymentRow) private readonly rows: Repository<PaymentRow>,
    private readonly payments: Payments,
    private readonly events: Events,
  ) {}

  @On(orderPlaced)
  async captureOrder({ orderId, fulfilment }: DataOf<typeof orderPlaced>): Promise<void> {
    if (fulfilment !== 'automatic') return;
    const payment = await this.lockPaymentOf(orderId);
    if (payment?.status === 'captured') return;
    if (payment?.status !== 'authorised') {
      const reason = payment === null ? 'no-payment' : 'not-held';
      await this.events.publish(Payments.event.paymentNotCaptured, { orderId, reason });
      return;
    }
    const { paymentId } = payment;
    const { captured } = await this.payments.capture({ paymentId });
    await this.events.publish(Payments.event.paymentCaptured, { orderId, paymentId, amount: captured });
  }

  /** Whoever fulfils by hand also moves the money by hand. */
  @On(orderCancelled)
  async giveOrderBack({ orderId, status, fulfilment }: DataOf<typeof orderCancelled>): Promise<void> {
    if (status !== 'cancelled' || fulfilment !== 'automatic') return;
    const payment = await this.lockPaymentOf(orderId);
    if (payment?.status === 'authorised') await this.payments.void({ paymentId: payment.paymentId });
    if (payment?.status !== 'captured') return;
    const { paymentId, refundedMinor, currency } = payment;
    const { refunded } = await this.payments.refund({ paymentId });
    const amount = { amountMinor: refunded.amountMinor - refundedMinor, currency };
    await this.events.publish(Payments.event.paymentRefunded, { orderId, paymentId, amount });
  }

  /** Whoever changes a payment holds its lock, so that what was read of it stays true until the commit. */
  private lockPaymentOf(orderId: string): Promise<PaymentRow | null> {
    return this.rows.findOne({
      where: { orderId },
      order: { paymentId: 'DESC' },
      lock: { mode: 'for_no_key_update' },
    });
  }
}
