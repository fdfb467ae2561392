import { customElement, html, MlElement, property, toast } from '@macrolith/ui';
import { basket, MAX_LINES } from './basket.js';
import { BasketWatch } from './basket-watch.js';

/** Puts a product of the catalog's page into the basket, piece by piece. */
@customElement('orders-add-to-basket')
export class AddToBasket extends MlElement {
  @property({ attribute: false }) context!: { readonly productId: string };

  protected readonly watch = new BasketWatch(this);

  override render() {
    const inBasket = basket.quantityOf(this.context.productId);
    return html`<wa-button variant="brand" @click=${this.#add}>
      <wa-icon slot="start" name="shopping-basket"></wa-icon>
      ${inBasket === 0 ? 'Add to basket' : `Add another (${inBasket.toLocaleString()} in basket)`}
    </wa-button>`;
  }

  #add = () => {
    if (!basket.add(this.context.productId)) {
      toast({ message: `A basket holds ${MAX_LINES} products. Order these first.`, tone: 'warning' });
      return;
    }
    toast({
      message: 'In the basket.',
      tone: 'success',
      action: { label: 'Go to the basket', href: '/orders/basket' },
    });
  };
}
