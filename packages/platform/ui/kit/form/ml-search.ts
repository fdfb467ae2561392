import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controlStyles } from './control-styles.js';

const QUIET_MS = 250;

/** The reader stopped typing. */
export class Searched extends Event {
  static readonly type = 'ml-search';
  constructor(readonly value: string) {
    super(Searched.type, { bubbles: true, composed: true });
  }
}

/** A search box that waits until the reader stops typing: `<ml-search label="Search products" @ml-search=…>`. */
@customElement('ml-search')
export class MlSearch extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    controlStyles,
    css`
      :host {
        position: relative;
        display: block;
      }
      wa-icon {
        position: absolute;
        inset-inline-start: var(--ml-space-3);
        inset-block-start: 50%;
        translate: 0 -50%;
        color: var(--ml-color-text-quiet);
        pointer-events: none;
      }
      .control {
        padding-inline-start: 2.375rem;
      }
    `,
  ];

  @property() label = 'Search';
  @property() value = '';

  #timer: ReturnType<typeof setTimeout> | undefined;

  override render() {
    return html`
      <wa-icon name="search"></wa-icon>
      <input
        class="control"
        type="search"
        aria-label=${this.label}
        placeholder=${this.label}
        autocomplete="off"
        .value=${this.value}
        @input=${this.#typed}
        @keydown=${this.#searchOnEnter}
      />
    `;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  #typed(event: Event): void {
    this.value = (event.target as HTMLInputElement).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), QUIET_MS);
  }

  #searchOnEnter(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    clearTimeout(this.#timer);
    this.#search();
  }

  #search(): void {
    this.dispatchEvent(new Searched(this.value.trim()));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-search': MlSearch;
  }
  interface GlobalEventHandlersEventMap {
    'ml-search': Searched;
  }
}
