import { heardEvent, z } from '@macrolith/contract';

/** The money of an order that is fulfilled automatically was taken. */
export const paymentCaptured = heardEvent('payments.payment-captured', {
  version: 1,
  data: z.object({ orderId: z.string() }),
});

/** Some or all of an order was cancelled. `status` tells whether anything is left of it. */
export const orderCancelled = heardEvent('orders.order-cancelled', {
  version: 1,
  data: z.object({ orderId: z.string(), status: z.string(), fulfilment: z.string().optional() }),
});

/** The goods of an order will not reach the recipient. `in-house`: they never left. */
export const shipmentRefused = heardEvent('shipping.shipment-refused', {
  version: 1,
  data: z.object({
    shipmentId: z.uuid(),
    lines: z.array(z.object({ productId: z.string(), quantity: z.int() })),
    goods: z.string(),
  }),
});
