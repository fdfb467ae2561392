import { css, customElement, html, MlElement, type Money, nothing, pageStyles, path, property } from '@macrolith/ui';
import { type BasketLine, basket } from './basket.js';
import type { Quote } from './quotes.js';

/** One product in the basket, with how many of it and what they cost. */
@customElement('orders-basket-line')
export class BasketLineElement extends MlElement {
  static override styles = [
    pageStyles,
    css`
      .line {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 8rem 7rem auto;
        align-items: start;
        gap: var(--ml-space-2) var(--ml-space-4);
        padding-block: var(--ml-space-4);
      }
      .what {
        display: grid;
        gap: var(--ml-space-1);
        overflow-wrap: anywhere;
      }
      .cost {
        padding-block-start: calc(var(--ml-space-6) + var(--ml-space-1));
        text-align: end;
        font-weight: 550;
      }
      .remove {
        padding-block-start: var(--ml-space-5);
      }
      @media (max-width: 40rem) {
        .line {
          grid-template-columns: minmax(0, 1fr) auto auto;
        }
        .what {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @property({ attribute: false }) line!: BasketLine;
  @property({ attribute: false }) quote: Quote | undefined;
  @property({ attribute: false }) notSold = false;
  /** What the server said about this line. */
  @property({ attribute: false }) problem: string | undefined;

  /** Whether the field of the quantity holds a number of pieces. */
  get isReadable(): boolean {
    const reading = this.renderRoot.querySelector('ml-field')?.read();
    return reading !== undefined && 'value' in reading;
  }

  override render() {
    const { productId, quantity } = this.line;
    return html`<div class="line">
      <div class="what">
        <ml-link href=${path`/catalog/products/${productId}`}>${this.quote?.name ?? productId}</ml-link>
        <span class="quiet"><span class="code">${productId}</span>${this.#each()}</span>
        ${this.notSold ? html`<ml-status tone="danger">Not sold any more. Remove it to go on.</ml-status>` : nothing}
      </div>
      <ml-field
        label="Pieces"
        type="integer"
        required
        min="1"
        max="1000000"
        .value=${quantity}
        .error=${this.problem}
        @input=${this.#changeQuantity}
      ></ml-field>
      <div class="cost number">${this.#cost(quantity)}</div>
      <div class="remove">
        <wa-button appearance="plain" size="s" @click=${() => basket.remove(productId)}>
          <wa-icon name="trash" label="Remove ${this.quote?.name ?? productId}"></wa-icon>
        </wa-button>
      </div>
    </div>`;
  }

  #changeQuantity = (event: Event) => {
    const field = event.target as HTMLElementTagNameMap['ml-field'];
    const reading = field.read();
    if ('error' in reading) field.error = reading.error;
    else if (typeof reading.value === 'number') basket.setQuantity(this.line.productId, reading.value);
  };

  #each() {
    return this.quote === undefined ? nothing : html` · ${this.#money(this.quote.price)} each`;
  }

  #cost(quantity: number) {
    if (this.quote === undefined) return nothing;
    const { amountMinor, currency } = this.quote.price;
    return this.#money({ amountMinor: (BigInt(amountMinor) * BigInt(quantity)).toString(), currency });
  }

  #money(value: Money) {
    return html`<ml-money .value=${value}></ml-money>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'orders-basket-line': BasketLineElement;
  }
}
