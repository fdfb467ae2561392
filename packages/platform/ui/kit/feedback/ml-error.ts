import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { describeError } from './describe-error.js';

/** Something could not be shown. Emits `ml-retry` when the reader asks to try again. */
@customElement('ml-error')
export class MlError extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    .panel {
      display: flex;
      gap: var(--ml-space-4);
      align-items: flex-start;
      padding: var(--ml-space-5);
      border: 1px solid var(--ml-color-danger-border);
      border-radius: var(--ml-radius-l);
      background: var(--ml-color-danger-surface);
    }
    wa-icon {
      flex: none;
      margin-block-start: 0.1rem;
      font-size: 1.25rem;
      color: var(--ml-color-danger);
    }
    .body {
      display: grid;
      gap: var(--ml-space-1);
      min-width: 0;
      overflow-wrap: anywhere;
    }
    strong {
      font-weight: 600;
    }
    p {
      margin: 0;
      color: var(--ml-color-text-quiet);
    }
    small {
      font-family: var(--ml-font-code);
      font-size: var(--ml-text-xs);
      color: var(--ml-color-text-quiet);
    }
    :host([compact]) .panel {
      align-items: center;
      gap: var(--ml-space-2);
      padding: var(--ml-space-1) var(--ml-space-1) var(--ml-space-1) var(--ml-space-3);
      border-radius: var(--ml-radius-m);
      font-size: var(--ml-text-s);
    }
    :host([compact]) .body {
      display: flex;
      align-items: center;
      gap: var(--ml-space-2);
    }
    :host([compact]) :is(p, small, slot) {
      display: none;
    }
    :host([compact]) wa-icon {
      margin: 0;
      font-size: 1rem;
    }
    :host([compact]) .actions {
      margin: 0;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--ml-space-2);
      margin-block-start: var(--ml-space-2);
    }
  `;

  /** What was thrown, e.g. an `ApiProblem`. */
  @property({ attribute: false }) error: unknown;
  /** Default: the problem's title. */
  @property() heading: string | undefined;
  /** Leaves the retry button out where trying again cannot help. */
  @property({ type: Boolean, attribute: 'no-retry' }) noRetry = false;
  /** One line, for a small place such as a row of buttons. */
  @property({ type: Boolean, reflect: true }) compact = false;

  override render() {
    const { heading, detail, reference } = describeError(this.error);
    return html`
      <div class="panel" role="alert">
        <wa-icon name="circle-alert"></wa-icon>
        <div class="body">
          <strong>${this.heading ?? heading}</strong>
          ${detail === '' ? nothing : html`<p>${detail}</p>`}
          ${reference === undefined ? nothing : html`<small>${reference}</small>`}
          <div class="actions">
            ${this.noRetry ? nothing : this.#retryButton()}
            <slot name="actions"></slot>
          </div>
        </div>
      </div>
    `;
  }

  #retryButton() {
    const retry = () => this.dispatchEvent(new Event('ml-retry', { bubbles: true, composed: true }));
    return html`<wa-button size="s" appearance="outlined" @click=${retry}>Try again</wa-button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-error': MlError;
  }
}
