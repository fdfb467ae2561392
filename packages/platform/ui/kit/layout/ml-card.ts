import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** A section of a page on a surface of its own. Slots: the content, `actions` beside the heading, `footer`. */
@customElement('ml-card')
export class MlCard extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    section {
      border: 1px solid var(--ml-color-border);
      border-radius: var(--ml-radius-l);
      background: var(--ml-color-raised);
      box-shadow: var(--ml-shadow-s);
    }
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: var(--ml-space-2);
      padding: var(--ml-space-4) var(--ml-space-5) 0;
    }
    h2 {
      margin: 0;
      font-size: var(--ml-text-l);
      font-weight: 600;
      letter-spacing: -0.01em;
    }
    .body {
      padding: var(--ml-space-5);
    }
    header + .body {
      padding-block-start: var(--ml-space-4);
    }
    ::slotted([slot='footer']) {
      display: block;
      padding: var(--ml-space-3) var(--ml-space-5);
      border-block-start: 1px solid var(--ml-color-border-quiet);
    }
  `;

  @property() heading: string | undefined;

  override render() {
    return html`
      <section>
        ${this.heading === undefined ? nothing : this.#header(this.heading)}
        <div class="body"><slot></slot></div>
        <slot name="footer"></slot>
      </section>
    `;
  }

  #header(heading: string) {
    return html`<header><h2>${heading}</h2><slot name="actions"></slot></header>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-card': MlCard;
  }
}
