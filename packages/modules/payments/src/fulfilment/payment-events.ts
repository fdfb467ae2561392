import { event, Money, z } from '@macrolith/contract';

const ThisPayment = z.object({ orderId: z.string().max(128), paymentId: z.uuid() });

/** What events about the money of an order are ordered by. */
const byOrder = ({ orderId }: { readonly orderId: string }) => orderId;

/**
 * What payments tell of their own accord, when nobody waits for an answer: of orders that are fulfilled automatically. What a
 * caller asked for, its owner tells.
 */
export const paymentEvents = {
  /** The money of an order was taken. */
  paymentCaptured: event({ data: ThisPayment.extend({ amount: Money }), key: byOrder }),
  /** The money of an order cannot be taken, now or ever: there is no payment, or it is not held any more. */
  paymentNotCaptured: event({
    data: ThisPayment.pick({ orderId: true }).extend({ reason: z.enum(['no-payment', 'not-held']) }),
    key: byOrder,
  }),
  /** What was left of an order's money was given back. */
  paymentRefunded: event({ data: ThisPayment.extend({ amount: Money }), key: byOrder }),
};
