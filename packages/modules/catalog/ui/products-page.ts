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
import { type Product, productPage } from './product.js';

const columns: readonly Column<Product>[] = [
  { label: 'Product', value: ({ name }) => name, grow: true },
  { label: 'Code', value: ({ productId }) => html`<span class="code">${productId}</span>` },
  { label: 'Availability', value: availability },
  { label: 'Price', value: ({ price }) => html`<ml-money .value=${price}></ml-money>`, align: 'end' },
];

/** All products, to be searched by id and name. The search stands in the address, so that it can be shared. */
@customElement('catalog-products-page')
export class ProductsPage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      wa-switch {
        margin-inline-start: auto;
      }
    `,
  ];

  private readonly products = new CursorList(this, {
    args: () => [this.query.get('q') ?? '', this.query.has('discontinued')] as const,
    load: ([q, discontinued], { cursor, signal }) => {
      const query = { q, includeDiscontinued: discontinued || undefined, cursor, limit: 25 };
      return api.get<Page<Product>>('/api/catalog/products', { query, signal });
    },
  });

  override render() {
    return html`
      <ml-page-header heading="Catalog" description="What is sold, and for how much.">
        <wa-button slot="actions" variant="brand" href="/catalog/new">
          <wa-icon slot="start" name="plus"></wa-icon>New product
        </wa-button>
      </ml-page-header>
      <div class="toolbar">
        <ml-search
          label="Search by name or code"
          .value=${this.query.get('q') ?? ''}
          @ml-search=${(event: Searched) => this.setQuery({ q: event.value })}
        ></ml-search>
        <wa-switch ?checked=${this.query.has('discontinued')} @change=${this.#toggleDiscontinued}>
          Show discontinued
        </wa-switch>
      </div>
      <ml-table
        label="Products"
        .columns=${columns}
        .list=${this.products}
        .rowHref=${({ productId }: Product) => productPage(productId)}
      >
        ${this.#empty()}
      </ml-table>
    `;
  }

  #empty() {
    const q = this.query.get('q');
    if (q === null) {
      return html`<ml-empty slot="empty" icon="tags" heading="No products yet">
        What you add here can be ordered at once.
        <wa-button slot="actions" href="/catalog/new">Add the first product</wa-button>
      </ml-empty>`;
    }
    return html`<ml-empty slot="empty" icon="search" heading="No product matches “${q}”">
      Every word must occur in the product's name or code.
      <wa-button slot="actions" appearance="outlined" @click=${() => this.setQuery({ q: '' })}>Clear the search</wa-button>
    </ml-empty>`;
  }

  #toggleDiscontinued = (event: Event) => {
    this.setQuery({ discontinued: (event.target as HTMLInputElement).checked || undefined });
  };
}

function availability({ productId, active }: Product) {
  if (!active) return html`<ml-status>Discontinued</ml-status>`;
  return html`<ml-slot name="catalog.product-facts" .context=${{ productId }}></ml-slot>`;
}
