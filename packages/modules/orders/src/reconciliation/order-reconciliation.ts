import { instant, Money, z } from '@macrolith/contract';

/** What is younger is left out: it may be under way, and differ for that reason alone. */
export const ReconcileOrders = z.object({
  olderThanSeconds: z.int().min(0).max(86_400).optional().describe('Default: 60.'),
});

/**
 * How orders and their payments differ.
 * - `charge-without-order`: money is held or was taken for an order that does not exist, or that has another payment.
 * - `order-without-charge`: an order counts on money that is not held and was not taken.
 * - `wrong-amount`: what is held or was taken is not what the order costs.
 * - `order-left-open`: an order was begun, and neither placed nor withdrawn.
 */
export const OrderDifference = z.object({
  kind: z.enum(['charge-without-order', 'order-without-charge', 'wrong-amount', 'order-left-open']),
  orderId: z.string(),
  paymentId: z.uuid().optional(),
  ordered: Money.optional().describe('What the order costs.'),
  charged: Money.optional().describe('What is held, or was taken and not given back.'),
  explanation: z.string(),
  mendable: z.boolean().describe('Whether `mend` mends it.'),
  since: instant(),
});
export type OrderDifference = z.output<typeof OrderDifference>;

export const OrderReconciliation = z.object({
  ordersCompared: z.int(),
  paymentsCompared: z.int(),
  differences: z.array(OrderDifference).describe('The first thousand.'),
  complete: z.boolean().describe('Whether these are all.'),
});
export type OrderReconciliation = z.output<typeof OrderReconciliation>;
