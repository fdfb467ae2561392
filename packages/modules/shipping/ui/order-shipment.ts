import { api, customElement, html, MlElement, nothing, type Page, property, Resource } from '@macrolith/ui';
import { type ShipmentSummary, shipmentPage, shipmentStatus } from './shipment.js';

/** Where an order's goods are, on the order's page. */
@customElement('shipping-order-shipment')
export class OrderShipment extends MlElement {
  /** `version` changes whenever the order does. */
  @property({ attribute: false }) context!: { readonly orderId: string; readonly version: string };

  private readonly shipment = new Resource(this, {
    args: () => [this.context.orderId, this.context.version] as const,
    load: async ([orderId], { signal }) => {
      const query = { orderId, limit: 1 };
      return (await api.get<Page<ShipmentSummary>>('/api/shipping/shipments', { query, signal })).items[0];
    },
  });

  override render() {
    return this.shipment.view((shipment) => (shipment === undefined ? nothing : this.#card(shipment)));
  }

  #card(shipment: ShipmentSummary) {
    const { shipmentId, trackingCode, refusal } = shipment;
    const facts = [
      { label: 'State', value: shipmentStatus(shipment) },
      { label: 'Number', value: html`<ml-link href=${shipmentPage(shipmentId)}>${shipmentId.slice(-12)}</ml-link>` },
      ...(trackingCode === undefined ? [] : [{ label: 'Tracking code', value: trackingCode }]),
      ...(refusal === undefined ? [] : [{ label: 'Why', value: refusal.reason }]),
    ];
    return html`<ml-card heading="Shipment"><ml-facts .facts=${facts}></ml-facts></ml-card>`;
  }
}
