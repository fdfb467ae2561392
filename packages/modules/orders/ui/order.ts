import { html, type Money, path, type Tone } from '@macrolith/ui';

export type OrderStatus = 'pending' | 'placed' | 'fulfilled' | 'cancelled';

/** An order as the API lists it. */
export interface OrderSummary {
  readonly orderId: string;
  readonly reference?: string;
  readonly customerId: string;
  readonly accountId?: string;
  readonly card?: { readonly token: string };
  readonly status: OrderStatus;
  readonly total: Money;
  /** ISO 8601. */
  readonly placedAt: string;
}

export interface OrderLine {
  readonly productId: string;
  readonly name: string;
  readonly quantity: number;
  readonly cancelled: number;
  readonly unitPrice: Money;
  readonly total: Money;
}

export interface Cancellation {
  readonly number: number;
  readonly lines: readonly { readonly productId: string; readonly quantity: number }[];
  readonly amount: Money;
  readonly reason?: string;
  readonly cancelledAt: string;
}

export interface Order extends OrderSummary {
  readonly email?: string;
  /** Where the goods go. */
  readonly country?: string;
  readonly fulfilment: 'manual' | 'automatic';
  readonly lines: readonly OrderLine[];
  readonly cancellations: readonly Cancellation[];
  readonly paymentId?: string;
  readonly reservationId?: string;
  readonly fulfilledAt?: string;
}

/** The order in the API; `below` leads to what belongs to it. */
export function orderUrl(orderId: string, below = ''): string {
  return path`/api/orders/orders/${orderId}` + below;
}

/** The order's page. */
export function orderPage(orderId: string): string {
  return path`/orders/${orderId}`;
}

/** The page with all that followed from the order. */
export function storyPage(orderId: string): string {
  return path`/orders/${orderId}/story`;
}

/** What people call an order: the customer's number, else the last group of its id, as in the messages. */
export function orderName({ reference, orderId }: OrderSummary): string {
  return reference ?? orderId.slice(-12);
}

export const STATUSES: Record<OrderStatus, { readonly label: string; readonly tone: Tone }> = {
  pending: { label: 'Being placed', tone: 'neutral' },
  placed: { label: 'Placed', tone: 'brand' },
  fulfilled: { label: 'Fulfilled', tone: 'success' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
};

/** Where it stands, as a badge. */
export function orderStatus({ status }: OrderSummary) {
  const { label, tone } = STATUSES[status];
  return html`<ml-status tone=${tone}>${label}</ml-status>`;
}

export function piecesLeft({ quantity, cancelled }: OrderLine): number {
  return quantity - cancelled;
}
