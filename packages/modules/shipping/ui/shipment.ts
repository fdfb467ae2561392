import { html, path, type Tone } from '@macrolith/ui';

export type ShipmentStatus = 'requested' | 'dispatched' | 'delivered' | 'refused';

/** A shipment as the API lists it. Times are ISO 8601. */
export interface ShipmentSummary {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly status: ShipmentStatus;
  readonly pieces: number;
  readonly trackingCode?: string;
  readonly refusal?: { readonly reason: string; readonly goods: 'in-house' | 'away' };
  readonly requestedAt: string;
  readonly dispatchedAt?: string;
  readonly deliveredAt?: string;
  readonly refusedAt?: string;
}

export interface ShipmentLine {
  readonly productId: string;
  readonly quantity: number;
}

export interface Shipment extends ShipmentSummary {
  readonly lines: readonly ShipmentLine[];
}

export const STATUSES: Record<ShipmentStatus, { readonly label: string; readonly tone: Tone }> = {
  requested: { label: 'To be sent', tone: 'warning' },
  dispatched: { label: 'On its way', tone: 'brand' },
  delivered: { label: 'Delivered', tone: 'success' },
  refused: { label: 'Not sent', tone: 'danger' },
};

/** Where it stands, as a badge. What came back is no shipment that was not sent. */
export function shipmentStatus({ status, refusal }: ShipmentSummary) {
  const { label, tone } = STATUSES[status];
  return html`<ml-status tone=${tone}>${refusal?.goods === 'away' ? 'Came back' : label}</ml-status>`;
}

/** The shipment in the API; `below` leads to what can be done with it. */
export function shipmentUrl(shipmentId: string, below = ''): string {
  return path`/api/shipping/shipments/${shipmentId}` + below;
}

/** The shipment's page. */
export function shipmentPage(shipmentId: string): string {
  return path`/shipping/${shipmentId}`;
}

/** A link to the order, by what people call it: the last group of its id. */
export function orderLink({ orderId }: ShipmentSummary) {
  return html`<ml-link href=${path`/orders/${orderId}`}><span class="code">${orderId.slice(-12)}</span></ml-link>`;
}

export function whereabouts(goods: 'in-house' | 'away'): string {
  return goods === 'in-house' ? 'In the house, on the shelves again' : 'On their way back';
}
