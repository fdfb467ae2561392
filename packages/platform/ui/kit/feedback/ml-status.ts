import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';

export type Tone = 'neutral' | 'brand' | 'success' | 'warning' | 'danger';

/** The state of a thing in a word: `<ml-status tone="success">Fulfilled</ml-status>`. */
@customElement('ml-status')
export class MlStatus extends LitElement {
  static override styles = css`
    :host {
      --tone: var(--ml-color-text-quiet);
      --tone-surface: var(--ml-color-sunken);
      display: inline-flex;
      align-items: center;
      gap: 0.4em;
      padding: 0.15em 0.65em 0.15em 0.55em;
      border-radius: 999px;
      font-size: var(--ml-text-s);
      font-weight: 500;
      line-height: 1.5;
      white-space: nowrap;
      color: var(--tone);
      background: var(--tone-surface);
    }
    :host::before {
      content: '';
      width: 0.45em;
      height: 0.45em;
      border-radius: 50%;
      background: currentColor;
    }
    /* Its surface may be that of the page around it. */
    :host([tone='neutral']) {
      box-shadow: inset 0 0 0 1px var(--ml-color-border);
    }
    :host([tone='brand']) {
      --tone: var(--ml-color-brand-text);
      --tone-surface: var(--ml-color-brand-surface);
    }
    :host([tone='success']) {
      --tone: var(--ml-color-success);
      --tone-surface: var(--ml-color-success-surface);
    }
    :host([tone='warning']) {
      --tone: var(--ml-color-warning);
      --tone-surface: var(--ml-color-warning-surface);
    }
    :host([tone='danger']) {
      --tone: var(--ml-color-danger);
      --tone-surface: var(--ml-color-danger-surface);
    }
  `;

  @property({ reflect: true }) tone: Tone = 'neutral';

  override render() {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-status': MlStatus;
  }
}
