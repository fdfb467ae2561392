import {
  api,
  css,
  customElement,
  type FormAction,
  html,
  MlPage,
  type Money,
  navigate,
  pageStyles,
  state,
  toast,
} from '@macrolith/ui';
import { currencyField, priceField } from './price-fields.js';
import { type Product, productPage } from './product.js';

interface NewProduct {
  readonly productId: string;
  readonly name: string;
  readonly description?: string;
  readonly price: Money;
  readonly currency: string;
}

/** Adds a product to the catalog. */
@customElement('catalog-new-product-page')
export class NewProductPage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      .pair {
        display: grid;
        gap: var(--ml-space-4);
        grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
      }
    `,
  ];

  @state() private currency = 'GBP';

  override render() {
    return html`
      <ml-page-header
        heading="New product"
        description="It is on sale as soon as it is added."
        back-href="/catalog"
        back-label="Catalog"
      ></ml-page-header>
      <ml-card class="narrow">
        <ml-form .action=${this.#add} submit-label="Add product" cancel-href="/catalog">
          <ml-field name="name" label="Name" required focus-first maxlength="200"></ml-field>
          <ml-field
            name="productId"
            label="Code"
            required
            maxlength="64"
            hint="Letters, digits, spaces, dots, dashes and underscores, like 85123A. It cannot be changed later."
          ></ml-field>
          <div class="pair">
            ${priceField('Price', this.currency)}
            ${currencyField(this.currency, (currency) => {
              this.currency = currency;
            })}
          </div>
          <ml-field name="description" label="Description" type="textarea" maxlength="2000"></ml-field>
        </ml-form>
      </ml-card>
    `;
  }

  #add: FormAction<NewProduct> = async ({ currency: _inPrice, ...product }, { idempotencyKey }) => {
    const { productId, name } = await api.post<Product>('/api/catalog/products', product, { idempotencyKey });
    navigate(productPage(productId));
    toast({ message: `${name} is on sale.`, tone: 'success' });
  };
}
