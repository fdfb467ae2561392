import type { OrderStatus } from './index.js';

export type OrderAction = 'confirm' | 'fulfil' | 'cancel';

/**
 * ```
 *   pending ──confirm──▶ placed ──fulfil──▶ fulfilled
 *                          │                   │
 *                        cancel              cancel
 *                          ▼                   │
 *                      cancelled ◀─────────────┘
 * ```
 * An order of which a part is cancelled keeps its status. `cancelled` is the end.
 */
const NEXT: Readonly<Record<OrderStatus, Partial<Record<OrderAction, OrderStatus>>>> = {
  pending: { confirm: 'placed' },
  placed: { fulfil: 'fulfilled', cancel: 'cancelled' },
  fulfilled: { cancel: 'cancelled' },
  cancelled: {},
};

/** The status after an action; `undefined` when the order does not allow it. */
export function statusAfter(status: OrderStatus, action: OrderAction): OrderStatus | undefined {
  return NEXT[status][action];
}
