import type { Money } from '@macrolith/contract';
import type { Payment } from '@macrolith/payments';
import type { OrderStatus } from '../index.js';
import type { OrderDifference } from './order-reconciliation.js';

/** What the comparison needs to know of an order. */
export interface ComparedOrder {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly paymentId: string | null;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly cancelledMinor: bigint;
  readonly placedAt: Date;
}

/** How an order and a payment of its name differ; `undefined` when they agree. One of the two is there. */
export function compareOrder(
  order: ComparedOrder | undefined,
  payment: Payment | undefined,
): OrderDifference | undefined {
  const charged = payment === undefined ? undefined : chargedBy(payment);
  if (order === undefined || (payment !== undefined && order.paymentId !== payment.paymentId)) {
    return withoutOrder(order, payment!, charged!);
  }
  const ordered = { amountMinor: order.totalMinor - order.cancelledMinor, currency: order.currency };
  const about = {
    orderId: order.orderId,
    ...(order.paymentId === null ? {} : { paymentId: order.paymentId }),
    ordered,
    ...(charged === undefined ? {} : { charged }),
    since: order.placedAt,
    mendable: false,
  };
  if (order.status === 'pending') {
    const explanation = 'The order was begun, and neither placed nor withdrawn. The run that places it has the reason.';
    return { ...about, kind: 'order-left-open', explanation };
  }
  if (charged?.amountMinor === ordered.amountMinor && charged.currency === ordered.currency) return undefined;
  const explanation = `The order is ${order.status}, and its payment is ${payment?.status ?? 'not there'}.`;
  const isMissing = charged === undefined || charged.amountMinor === 0n;
  return { ...about, kind: isMissing ? 'order-without-charge' : 'wrong-amount', explanation };
}

function withoutOrder(order: ComparedOrder | undefined, payment: Payment, charged: Money): OrderDifference | undefined {
  if (charged.amountMinor === 0n) return undefined;
  // An order that is being placed does not name its payment yet.
  if (order?.status === 'pending') return undefined;
  return {
    kind: 'charge-without-order',
    orderId: payment.orderId,
    paymentId: payment.paymentId,
    charged,
    since: payment.createdAt,
    mendable: order === undefined && payment.status === 'authorised',
    explanation: order === undefined ? 'There is no such order.' : 'The order is paid by another payment.',
  };
}

/** What is held, or was taken and not given back. */
function chargedBy({ status, authorised, voided, captured, refunded }: Payment): Money {
  const { currency } = authorised;
  if (status === 'authorised') return { amountMinor: authorised.amountMinor - voided.amountMinor, currency };
  return { amountMinor: captured.amountMinor - refunded.amountMinor, currency };
}
