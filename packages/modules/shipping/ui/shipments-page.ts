import { api, type Column, CursorList, css, customElement, html, MlPage, type Page, pageStyles } from '@macrolith/ui';
import {
  orderLink,
  type ShipmentStatus,
  type ShipmentSummary,
  STATUSES,
  shipmentPage,
  shipmentStatus,
} from './shipment.js';

const columns: readonly Column<ShipmentSummary>[] = [
  {
    label: 'Shipment',
    value: ({ shipmentId }) => html`<span class="code">${shipmentId.slice(-12)}</span>`,
    grow: true,
  },
  { label: 'Order', value: orderLink },
  { label: 'State', value: shipmentStatus },
  { label: 'Asked for', value: ({ requestedAt }) => html`<ml-time value=${requestedAt}></ml-time>`, secondary: true },
  { label: 'Pieces', value: ({ pieces }) => pieces.toLocaleString(), align: 'end' },
];

const FILTERS = Object.keys(STATUSES) as ShipmentStatus[];

/** All shipments, the newest first. The filter stands in the address, so that the list can be shared. */
@customElement('shipping-shipments-page')
export class ShipmentsPage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      .filters {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ml-space-2);
      }
    `,
  ];

  private readonly shipments = new CursorList(this, {
    args: () => [this.query.get('status')] as const,
    load: ([status], { cursor, signal }) =>
      api.get<Page<ShipmentSummary>>('/api/shipping/shipments', { query: { status, cursor, limit: 25 }, signal }),
  });

  override render() {
    return html`
      <ml-page-header
        heading="Shipments"
        description="What waits to be sent, what is on its way, and what came back."
      ></ml-page-header>
      <div class="toolbar">
        <div class="filters" role="group" aria-label="State">
          ${this.#filter('All', undefined)} ${FILTERS.map((status) => this.#filter(STATUSES[status].label, status))}
        </div>
      </div>
      <ml-table
        label="Shipments"
        .columns=${columns}
        .list=${this.shipments}
        .rowHref=${({ shipmentId }: ShipmentSummary) => shipmentPage(shipmentId)}
      >
        ${this.#empty()}
      </ml-table>
    `;
  }

  #filter(label: string, status: ShipmentStatus | undefined) {
    const isChosen = (this.query.get('status') ?? undefined) === status;
    return html`<wa-button
      size="s"
      appearance=${isChosen ? 'filled' : 'outlined'}
      aria-pressed=${isChosen}
      @click=${() => this.setQuery({ status })}
    >
      ${label}
    </wa-button>`;
  }

  #empty() {
    if (this.query.has('status')) {
      return html`<ml-empty slot="empty" icon="search" heading="No such shipment">
        Look at all states.
        <wa-button slot="actions" appearance="outlined" @click=${() => this.setQuery({ status: '' })}>
          Show all shipments
        </wa-button>
      </ml-empty>`;
    }
    return html`<ml-empty slot="empty" icon="truck" heading="No shipments yet">
      An order that is fulfilled automatically makes one.
    </ml-empty>`;
  }
}
