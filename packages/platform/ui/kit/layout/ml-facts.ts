import { css, html, LitElement, type nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

export interface Fact {
  readonly label: string;
  readonly value: TemplateResult | string | number | typeof nothing;
}

/** What is known about one thing, as pairs: `<ml-facts .facts=${[{ label: 'Placed', value: … }]}>`. */
@customElement('ml-facts')
export class MlFacts extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(8rem, 100%), 1fr));
      gap: var(--ml-space-4) var(--ml-space-5);
      margin: 0;
    }
    dt {
      font-size: var(--ml-text-s);
      color: var(--ml-color-text-quiet);
    }
    dd {
      margin: var(--ml-space-1) 0 0;
      font-weight: 500;
      font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
    }
    .quiet {
      color: var(--ml-color-text-quiet);
    }
    .code {
      font-family: var(--ml-font-code);
      font-size: 0.92em;
    }
  `;

  @property({ attribute: false }) facts: readonly Fact[] = [];

  override render() {
    return html`<dl>${this.facts.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-facts': MlFacts;
  }
}
