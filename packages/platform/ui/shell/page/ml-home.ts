import { css, customElement, html, LitElement, nothing, pageStyles, property } from '@macrolith/ui';
import type { NavigationItem } from '../chrome/navigation-list.js';

/** The first page: what this product consists of, one card a module. */
@customElement('ml-home')
export class MlHome extends LitElement {
  static override styles = [
    pageStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr));
        gap: var(--ml-space-4);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      a {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: start;
        gap: var(--ml-space-4);
        height: 100%;
        box-sizing: border-box;
        padding: var(--ml-space-5);
        border: 1px solid var(--ml-color-border);
        border-radius: var(--ml-radius-l);
        text-decoration: none;
        color: inherit;
        background: var(--ml-color-raised);
        box-shadow: var(--ml-shadow-s);
        transition:
          border-color 120ms,
          box-shadow 120ms,
          translate 120ms;
      }
      a:hover {
        border-color: var(--ml-color-control-border);
        box-shadow: var(--ml-shadow-m);
        translate: 0 -1px;
      }
      a:focus-visible {
        outline: var(--ml-focus-ring);
        outline-offset: 2px;
      }
      .icon {
        display: grid;
        place-items: center;
        width: 2.5rem;
        height: 2.5rem;
        border-radius: var(--ml-radius-m);
        font-size: 1.25rem;
        color: var(--ml-color-brand-text);
        background: var(--ml-color-brand-surface);
      }
      .failed .icon {
        color: var(--ml-color-warning);
        background: var(--ml-color-warning-surface);
      }
      strong {
        display: block;
        font-size: var(--ml-text-l);
        font-weight: 600;
        letter-spacing: -0.01em;
      }
      .go {
        margin-block-start: 0.3rem;
        color: var(--ml-color-text-quiet);
        opacity: 0;
        transition: opacity 120ms;
      }
      a:is(:hover, :focus-visible) .go {
        opacity: 1;
      }
      ml-slot {
        display: grid;
        gap: var(--ml-space-5);
        margin-block-start: var(--ml-space-6);
      }
      @media (prefers-reduced-motion: reduce) {
        a,
        .go {
          transition: none;
        }
        a:hover {
          translate: none;
        }
      }
    `,
  ];

  @property() heading = '';
  @property({ attribute: false }) items: readonly NavigationItem[] = [];

  override render() {
    return html`
      <ml-page-header heading=${this.heading} description="Choose where to begin."></ml-page-header>
      ${this.items.length === 0 ? this.#empty() : html`<ul>${this.items.map((item) => html`<li>${this.#card(item)}</li>`)}</ul>`}
      <ml-slot name="shell.home"></ml-slot>
    `;
  }

  #card({ path, icon, label, description, isFailed }: NavigationItem) {
    return html`
      <a href=${path} class=${isFailed ? 'failed' : ''}>
        <span class="icon"><wa-icon name=${icon}></wa-icon></span>
        <span>
          <strong>${label}</strong>
          ${description === undefined ? nothing : html`<span class="quiet">${description}</span>`}
        </span>
        <wa-icon class="go" name="arrow-right"></wa-icon>
      </a>
    `;
  }

  #empty() {
    return html`
      <ml-card>
        <ml-empty icon="blocks" heading="No module has pages yet">
          Add a module to the shell’s imports: its pages appear here.
        </ml-empty>
      </ml-card>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-home': MlHome;
  }
}
