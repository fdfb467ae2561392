import {
  ApiProblem,
  api,
  confirm,
  customElement,
  describeError,
  type FormAction,
  html,
  MlPage,
  type Money,
  nothing,
  pageStyles,
  Resource,
  toast,
} from '@macrolith/ui';
import { priceField } from './price-fields.js';
import { type Product, productUrl } from './product.js';

/** One product: what it is, what other modules know of it, its price, and its end. */
@customElement('catalog-product-page')
export class ProductPage extends MlPage {
  static override styles = pageStyles;

  private readonly product = new Resource(this, {
    args: () => [this.#productId] as const,
    load: async ([productId], { signal }) => {
      const product = await api.get<Product>(productUrl(productId), { signal });
      this.pageTitle = product.name;
      return product;
    },
  });

  get #productId(): string {
    return this.params.productId ?? '';
  }

  override render() {
    const { error } = this.product;
    if (error instanceof ApiProblem && error.is('catalog.product-not-found')) return this.#missing(error);
    return this.product.view((product) => this.#page(product));
  }

  #missing({ detail }: ApiProblem) {
    return html`
      <ml-page-header heading="No such product" back-href="/catalog" back-label="Catalog"></ml-page-header>
      <ml-empty icon="tags" heading=${detail}>The code may be mistyped.</ml-empty>
    `;
  }

  #page(product: Product) {
    const context = { productId: product.productId };
    return html`
      <ml-page-header heading=${product.name} description=${product.productId} back-href="/catalog" back-label="Catalog">
        ${
          product.active
            ? html`<ml-slot slot="actions" name="catalog.product-actions" .context=${context}></ml-slot>`
            : html`<ml-status slot="status">Discontinued</ml-status>`
        }
      </ml-page-header>
      <div class="split">
        <div class="stack">
          <ml-card heading="Details">
            <ml-facts .facts=${this.#facts(product, context)}></ml-facts>
          </ml-card>
          ${product.description === undefined ? nothing : html`<ml-card heading="Description">${paragraphs(product.description)}</ml-card>`}
        </div>
        ${product.active ? html`<div class="stack">${this.#priceCard(product)} ${this.#endCard(product)}</div>` : nothing}
      </div>
    `;
  }

  #facts(product: Product, context: { readonly productId: string }) {
    return [
      { label: 'Price', value: html`<ml-money .value=${product.price}></ml-money>` },
      { label: 'Availability', value: html`<ml-slot name="catalog.product-facts" .context=${context}></ml-slot>` },
      { label: 'Last changed', value: html`<ml-time value=${product.updatedAt} format="relative"></ml-time>` },
    ];
  }

  #priceCard({ price }: Product) {
    return html`<ml-card heading="Price">
      <ml-form .action=${this.#reprice} submit-label="Change price">
        ${priceField('New price', price.currency, price)}
        <p class="quiet">Counts from now on. Orders that were placed keep their price.</p>
      </ml-form>
    </ml-card>`;
  }

  #endCard(product: Product) {
    return html`<ml-card heading="Take off sale">
      <div class="stack">
        <p class="quiet">It stays in the catalog's history and in past orders, and cannot be ordered again.</p>
        <div>
          <wa-button variant="danger" appearance="outlined" @click=${() => void this.#discontinue(product)}>
            Discontinue
          </wa-button>
        </div>
      </div>
    </ml-card>`;
  }

  #reprice: FormAction<{ readonly price: Money }> = async ({ price }, { idempotencyKey }) => {
    await api.put(productUrl(this.#productId, '/price'), { price }, { idempotencyKey });
    await this.product.reload();
    toast({ message: 'The new price counts from now on.', tone: 'success' });
  };

  async #discontinue({ productId, name }: Product): Promise<void> {
    const confirmed = await confirm({
      heading: `Discontinue ${name}?`,
      message: 'It goes off sale for good. This cannot be undone.',
      confirmLabel: 'Discontinue',
      tone: 'danger',
    });
    if (!confirmed) return;
    try {
      await api.post(productUrl(productId, '/discontinue'));
      await this.product.reload();
      toast({ message: `${name} is not sold any more.`, tone: 'success' });
    } catch (error) {
      const { heading, detail } = describeError(error);
      toast({ message: `${heading}. ${detail}`, tone: 'danger' });
    }
  }
}

function paragraphs(text: string) {
  return text.split('\n').map((line) => html`<p>${line}</p>`);
}
