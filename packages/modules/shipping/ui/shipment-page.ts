import {
  api,
  type Column,
  confirm,
  customElement,
  describeError,
  type FormAction,
  html,
  MlPage,
  nothing,
  pageStyles,
  path,
  Resource,
  state,
  toast,
} from '@macrolith/ui';
import { orderLink, type Shipment, type ShipmentLine, shipmentStatus, shipmentUrl, whereabouts } from './shipment.js';

const columns: readonly Column<ShipmentLine>[] = [
  {
    label: 'Product',
    value: ({ productId }) => html`<ml-link href=${path`/catalog/products/${productId}`}>${productId}</ml-link>`,
    grow: true,
  },
  { label: 'Pieces', value: ({ quantity }) => quantity.toLocaleString(), align: 'end' },
];

/** One shipment: what is packed, where it is, and what can be done with it. */
@customElement('shipping-shipment-page')
export class ShipmentPage extends MlPage {
  static override styles = pageStyles;

  @state() private isRunning = false;

  private readonly shipment = new Resource(this, {
    args: () => [this.params.shipmentId ?? ''] as const,
    load: async ([shipmentId], { signal }) => {
      const shipment = await api.get<Shipment>(shipmentUrl(shipmentId), { signal });
      this.pageTitle = headingOf(shipment);
      return shipment;
    },
  });

  override render() {
    return this.shipment.view((shipment) => this.#page(shipment));
  }

  #page(shipment: Shipment) {
    return html`
      <ml-page-header heading=${headingOf(shipment)} back-href="/shipping" back-label="Shipments">
        <span slot="status">${shipmentStatus(shipment)}</span>
        ${this.#deliverButton(shipment)}
      </ml-page-header>
      <div class="split">
        <div class="stack">
          ${refusal(shipment)}
          <ml-table label="What is packed" .columns=${columns} .rows=${shipment.lines}></ml-table>
        </div>
        <div class="stack">
          <ml-card heading="Details"><ml-facts .facts=${facts(shipment)}></ml-facts></ml-card>
          ${this.#dispatchCard(shipment)} ${this.#refuseCard(shipment)}
        </div>
      </div>
    `;
  }

  #deliverButton(shipment: Shipment) {
    if (shipment.status !== 'dispatched') return nothing;
    return html`<wa-button
      slot="actions"
      variant="brand"
      ?loading=${this.isRunning}
      @click=${() => void this.#deliver(shipment)}
    >
      <wa-icon slot="start" name="package-check"></wa-icon>It was delivered
    </wa-button>`;
  }

  #dispatchCard({ status }: Shipment) {
    if (status !== 'requested') return nothing;
    return html`<ml-card heading="Hand it to the carrier">
      <ml-form .action=${this.#dispatch} submit-label="It is on its way">
        <ml-field
          name="trackingCode"
          label="Tracking code"
          maxlength="64"
          hint="As on the carrier's label. Leave it empty if there is none."
        ></ml-field>
      </ml-form>
    </ml-card>`;
  }

  #refuseCard({ status }: Shipment) {
    if (status !== 'requested' && status !== 'dispatched') return nothing;
    const [heading, label, consequence] =
      status === 'requested'
        ? ['It cannot be sent', 'Do not send it', 'The goods go back to the shelves.']
        : ['It comes back', 'It was not taken', 'The goods count again once the warehouse receives them.'];
    return html`<ml-card heading=${heading}>
      <div class="stack">
        <p class="quiet">The order is cancelled, its money is given back, and the customer is told. ${consequence}</p>
        <ml-form .action=${this.#refuse} submit-label=${label} submit-tone="danger">
          <ml-field name="reason" label="Why" required maxlength="500"></ml-field>
        </ml-form>
      </div>
    </ml-card>`;
  }

  #dispatch: FormAction<{ readonly trackingCode?: string }> = async (values, { idempotencyKey }) => {
    await this.#act('/dispatch', values, idempotencyKey, 'It is on its way.');
  };

  #refuse: FormAction<{ readonly reason: string }> = async (values, { idempotencyKey }) => {
    await this.#act('/refuse', values, idempotencyKey, 'It is not sent. The order is cancelled.');
  };

  async #act(action: string, body: object, idempotencyKey: string, success: string): Promise<void> {
    await api.post(shipmentUrl(this.params.shipmentId ?? '', action), body, { idempotencyKey });
    toast({ message: success, tone: 'success' });
    await this.shipment.reload();
  }

  async #deliver({ shipmentId }: Shipment): Promise<void> {
    const confirmed = await confirm({
      heading: 'Was it delivered?',
      message: 'The recipient has the goods. This cannot be undone.',
      confirmLabel: 'It was delivered',
    });
    if (!confirmed) return;
    this.isRunning = true;
    try {
      await api.post(shipmentUrl(shipmentId, '/deliver'), {}, { idempotencyKey: true });
      toast({ message: 'It was delivered.', tone: 'success' });
    } catch (error) {
      const { heading, detail } = describeError(error);
      toast({ message: `${heading}. ${detail}`, tone: 'danger' });
    } finally {
      this.isRunning = false;
      await this.shipment.reload();
    }
  }
}

function headingOf({ shipmentId }: Shipment): string {
  return `Shipment ${shipmentId.slice(-12)}`;
}

function refusal({ refusal }: Shipment) {
  if (refusal === undefined) return nothing;
  return html`<wa-callout variant="danger">
    <wa-icon slot="icon" name="triangle-alert"></wa-icon>
    <strong>${refusal.goods === 'away' ? 'It was not taken.' : 'It was not sent.'}</strong> ${refusal.reason}
  </wa-callout>`;
}

function facts(shipment: Shipment) {
  const { trackingCode, refusal, requestedAt, dispatchedAt, deliveredAt, refusedAt } = shipment;
  const time = (value: string) => html`<ml-time value=${value}></ml-time>`;
  return [
    { label: 'Order', value: orderLink(shipment) },
    { label: 'Pieces', value: shipment.pieces.toLocaleString() },
    { label: 'Asked for', value: time(requestedAt) },
    ...(dispatchedAt === undefined ? [] : [{ label: 'Left the house', value: time(dispatchedAt) }]),
    ...(trackingCode === undefined
      ? []
      : [{ label: 'Tracking code', value: html`<span class="code">${trackingCode}</span>` }]),
    ...(deliveredAt === undefined ? [] : [{ label: 'Delivered', value: time(deliveredAt) }]),
    ...(refusedAt === undefined ? [] : [{ label: 'Refused', value: time(refusedAt) }]),
    ...(refusal === undefined ? [] : [{ label: 'The goods', value: whereabouts(refusal.goods) }]),
  ];
}
