import { customElement, html, MlElement, nothing, property, Resource } from '@macrolith/ui';
import { productPage } from './product.js';
import { products } from './product-loader.js';

/** A product's name on the pages of others, leading to its own page. Nothing where the catalog does not know it. */
@customElement('catalog-product-name')
export class ProductName extends MlElement {
  @property({ attribute: false }) context!: { readonly productId: string };

  private readonly product = new Resource(this, {
    args: () => [this.context.productId] as const,
    load: ([productId]) => products.load(productId),
  });

  override render() {
    const product = this.product.value;
    if (product === undefined) return nothing;
    return html`<ml-link href=${productPage(product.productId)}>${product.name}</ml-link>`;
  }
}
