import {
  api,
  type Column,
  CursorList,
  css,
  customElement,
  html,
  MlPage,
  type Page,
  pageStyles,
  type Searched,
} from '@macrolith/ui';
import { type OrderStatus, type OrderSummary, orderName, orderPage, orderStatus, STATUSES } from './order.js';

const columns: readonly Column<OrderSummary>[] = [
  { label: 'Order', value: (order) => html`<span class="code">${orderName(order)}</span>` },
  { label: 'Customer', value: ({ customerId }) => customerId, grow: true },
  { label: 'State', value: orderStatus },
  { label: 'Placed', value: ({ placedAt }) => html`<ml-time value=${placedAt}></ml-time>` },
  { label: 'Total', value: ({ total }) => html`<ml-money .value=${total}></ml-money>`, align: 'end' },
];

const FILTERS: readonly OrderStatus[] = ['placed', 'fulfilled', 'cancelled'];

/** All orders, the newest first. The filter stands in the address, so that the list can be shared. */
@customElement('orders-orders-page')
export class OrdersPage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      wa-button-group {
        margin-inline-start: auto;
      }
      @media (max-width: 40rem) {
        wa-button-group {
          margin-inline-start: 0;
        }
      }
    `,
  ];

  private readonly orders = new CursorList(this, {
    args: () => [this.query.get('customerId'), this.query.get('status')] as const,
    load: ([customerId, status], { cursor, signal }) =>
      api.get<Page<OrderSummary>>('/api/orders/orders', { query: { customerId, status, cursor, limit: 25 }, signal }),
  });

  override render() {
    return html`
      <ml-page-header heading="Orders" description="What customers have ordered, and what became of it.">
        <wa-button slot="actions" variant="brand" href="/orders/basket">
          <wa-icon slot="start" name="shopping-basket"></wa-icon>Go to the basket
        </wa-button>
      </ml-page-header>
      <div class="toolbar">
        <ml-search
          label="Show one customer"
          .value=${this.query.get('customerId') ?? ''}
          @ml-search=${(event: Searched) => this.setQuery({ customerId: event.value })}
        ></ml-search>
        <wa-button-group label="State">
          ${this.#filter('All', undefined)} ${FILTERS.map((status) => this.#filter(STATUSES[status].label, status))}
        </wa-button-group>
      </div>
      <ml-table
        label="Orders"
        .columns=${columns}
        .list=${this.orders}
        .rowHref=${({ orderId }: OrderSummary) => orderPage(orderId)}
      >
        ${this.#empty()}
      </ml-table>
    `;
  }

  #filter(label: string, status: OrderStatus | undefined) {
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
    if (this.query.has('customerId') || this.query.has('status')) {
      return html`<ml-empty slot="empty" icon="search" heading="No such order">
        Write the customer exactly as in the list, or look at all states.
        <wa-button slot="actions" appearance="outlined" @click=${() => this.setQuery({ customerId: '', status: '' })}>
          Show all orders
        </wa-button>
      </ml-empty>`;
    }
    return html`<ml-empty slot="empty" icon="clipboard-list" heading="No orders yet">
      Put something into the basket and place the first one.
      <wa-button slot="actions" href="/catalog">Look at the catalog</wa-button>
    </ml-empty>`;
  }
}
