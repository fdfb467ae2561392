import { heardEvent, z } from '@macrolith/contract';

/** An order was placed. `automatic`: it is fulfilled without anybody asking. */
export const orderPlaced = heardEvent('orders.order-placed', {
  version: 1,
  data: z.object({ orderId: z.string(), fulfilment: z.string().optional() }),
});

/** Some or all of an order was cancelled. `status` tells whether anything is left of it. */
export const orderCancelled = heardEvent('orders.order-cancelled', {
  version: 1,
  data: z.object({ orderId: z.string(), status: z.string(), fulfilment: z.string().optional() }),
});
