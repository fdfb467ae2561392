import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { InlineText } from '../element/inline-text.js';
import { formatMoney, type Money } from './money.js';

/** An amount of money in the reader's language: `<ml-money .value=${product.price}>`. */
@customElement('ml-money')
export class MlMoney extends InlineText {
  @property({ attribute: false }) value: Money | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.style.whiteSpace = 'nowrap';
  }

  override render() {
    return this.value === undefined ? nothing : html`${formatMoney(this.value)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-money': MlMoney;
  }
}
