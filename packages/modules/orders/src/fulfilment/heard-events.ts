import { heardEvent, z } from '@macrolith/contract';

/** The goods of an order will be sent. */
export const shipmentRequested = heardEvent('shipping.shipment-requested', {
  version: 1,
  data: z.object({ orderId: z.string() }),
});

/** The goods of an order will not reach the recipient. */
export const shipmentRefused = heardEvent('shipping.shipment-refused', {
  version: 1,
  data: z.object({ orderId: z.string(), reason: z.string() }),
});
