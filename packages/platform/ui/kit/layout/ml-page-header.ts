import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** The head of a page: its title, one sentence, and its actions. Every page has exactly one. */
@customElement('ml-page-header')
export class MlPageHeader extends LitElement {
  static override styles = css`
    :host {
      display: block;
      margin-block-end: var(--ml-space-6);
    }
    .back {
      display: inline-flex;
      align-items: center;
      gap: var(--ml-space-1);
      margin-block-end: var(--ml-space-2);
      border-radius: var(--ml-radius-s);
      font-size: var(--ml-text-s);
      font-weight: 500;
      text-decoration: none;
      color: var(--ml-color-text-quiet);
    }
    .back wa-icon {
      margin-inline-start: -0.15rem;
    }
    .back:hover {
      color: var(--ml-color-text);
    }
    .back:focus-visible {
      outline: var(--ml-focus-ring);
      outline-offset: 3px;
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      justify-content: space-between;
      gap: var(--ml-space-3) var(--ml-space-6);
    }
    .titles {
      min-width: 0;
      flex: 1 1 20rem;
    }
    h1 {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--ml-space-2) var(--ml-space-3);
      margin: 0;
      font-size: var(--ml-text-2xl);
      font-weight: 650;
      letter-spacing: -0.018em;
      line-height: 1.25;
      overflow-wrap: anywhere;
      text-wrap: balance;
    }
    p {
      margin: var(--ml-space-1) 0 0;
      max-width: 70ch;
      color: var(--ml-color-text-quiet);
    }
    ::slotted([slot='status']) {
      display: inline-flex;
      font-size: var(--ml-text-m);
      letter-spacing: 0;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--ml-space-2);
    }
  `;

  @property() heading = '';
  @property() description: string | undefined;
  /** Where the page's parent is, e.g. `/catalog`. */
  @property({ attribute: 'back-href' }) backHref: string | undefined;
  @property({ attribute: 'back-label' }) backLabel = 'Back';

  override render() {
    return html`
      ${this.backHref === undefined ? nothing : this.#back(this.backHref)}
      <div class="row">
        <div class="titles">
          <h1>${this.heading}<slot name="status"></slot></h1>
          ${this.description === undefined ? nothing : html`<p>${this.description}</p>`}
        </div>
        <div class="actions"><slot name="actions"></slot></div>
      </div>
    `;
  }

  #back(href: string) {
    return html`<a class="back" href=${href}><wa-icon name="arrow-left"></wa-icon>${this.backLabel}</a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-page-header': MlPageHeader;
  }
}
