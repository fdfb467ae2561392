import { heardEvent, z } from '@macrolith/contract';

const productId = z.string();

/** The goods of an order were taken from the shelves. */
export const stockCommitted = heardEvent('inventory.stock-committed', {
  version: 1,
  data: z.object({ orderId: z.string(), lines: z.array(z.object({ productId, quantity: z.int() })) }),
});

/** Some or all of an order was cancelled. `status` tells whether anything is left of it. */
export const orderCancelled = heardEvent('orders.order-cancelled', {
  version: 1,
  data: z.object({ orderId: z.string(), status: z.string(), fulfilment: z.string().optional() }),
});
