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
import { judge, LOW_STOCK, pieces, type StockLevel } from './stock.js';

const columns: readonly Column<StockLevel>[] = [
  { label: 'Code', value: ({ productId }) => html`<span class="code">${productId}</span>` },
  {
    label: 'Product',
    value: ({ productId }) => html`<ml-slot name="inventory.product-name" .context=${{ productId }}></ml-slot>`,
    grow: true,
  },
  {
    label: 'State',
    value: (level) => {
      const { tone, verdict } = judge(level);
      return html`<ml-status tone=${tone}>${verdict}</ml-status>`;
    },
  },
  { label: 'Available', value: ({ available }) => pieces(available), align: 'end' },
  { label: 'Reserved', value: ({ reserved }) => pieces(reserved), align: 'end' },
];

/** The levels of all products. The search stands in the address, so that it can be shared. */
@customElement('inventory-stock-page')
export class StockPage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      wa-switch {
        margin-inline-start: auto;
      }
    `,
  ];

  private readonly stock = new CursorList(this, {
    args: () => [this.query.get('q') ?? '', this.query.has('low')] as const,
    load: ([q, lowOnly], { cursor, signal }) => {
      const query = { q, availableAtMost: lowOnly ? LOW_STOCK : undefined, cursor, limit: 25 };
      return api.get<Page<StockLevel>>('/api/inventory/stock', { query, signal });
    },
  });

  override render() {
    return html`
      <ml-page-header heading="Inventory" description="What can be sold, and what is kept for orders.">
        <wa-button slot="actions" variant="brand" href="/inventory/receive">
          <wa-icon slot="start" name="package-plus"></wa-icon>Receive goods
        </wa-button>
      </ml-page-header>
      <div class="toolbar">
        <ml-search
          label="Search by product code"
          .value=${this.query.get('q') ?? ''}
          @ml-search=${(event: Searched) => this.setQuery({ q: event.value })}
        ></ml-search>
        <wa-switch ?checked=${this.query.has('low')} @change=${this.#toggleLow}>Running low only</wa-switch>
      </div>
      <ml-table label="Stock" .columns=${columns} .list=${this.stock}>${this.#empty()}</ml-table>
    `;
  }

  #empty() {
    if (this.query.has('q') || this.query.has('low')) {
      return html`<ml-empty slot="empty" icon="search" heading="Nothing matches">
        No product has this code, or none of them runs low.
        <wa-button slot="actions" appearance="outlined" @click=${() => this.setQuery({ q: '', low: '' })}>
          Show all stock
        </wa-button>
      </ml-empty>`;
    }
    return html`<ml-empty slot="empty" icon="warehouse" heading="The warehouse is empty">
      What comes in can be sold at once.
      <wa-button slot="actions" href="/inventory/receive">Receive the first goods</wa-button>
    </ml-empty>`;
  }

  #toggleLow = (event: Event) => {
    this.setQuery({ low: (event.target as HTMLInputElement).checked || undefined });
  };
}
