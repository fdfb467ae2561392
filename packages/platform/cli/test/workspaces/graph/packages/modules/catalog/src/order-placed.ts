import { heardEvent, z } from '@shop/contract';

export const orderPlaced = heardEvent('orders.order-placed', { version: 1, data: z.object({ orderId: z.string() }) });
