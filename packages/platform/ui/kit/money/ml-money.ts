import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatMoney, type Money } from './money.js';

/** An amount of money in the reader's language: `<ml-money .value=${product.price}>`. */
@customElement('ml-money')
export class MlMoney extends LitElement {
  static override styles = css`
    :host {
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
  `;

  @property({ attribute: false }) value: Money | undefined;

  override render() {
    return this.value === undefined ? nothing : html`${formatMoney(this.value)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-money': MlMoney;
  }
}
