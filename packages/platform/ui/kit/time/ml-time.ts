import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { InlineText } from '../element/inline-text.js';
import { formatInstant, type InstantFormat } from './format-instant.js';

/** An instant in the reader's language and time zone: `<ml-time value=${order.placedAt} format="relative">`. */
@customElement('ml-time')
export class MlTime extends InlineText {
  /** ISO 8601, as the API sends it. */
  @property() value: string | undefined;
  @property() format: InstantFormat = 'date-time';

  override render() {
    if (!this.value) return nothing;
    const full = formatInstant(this.value, 'date-time');
    return html`<time datetime=${this.value} title=${full}>${formatInstant(this.value, this.format)}</time>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-time': MlTime;
  }
}
