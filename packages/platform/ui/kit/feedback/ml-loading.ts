import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** A quiet skeleton in place of what is being read. It appears after a short while, so that fast answers do not flicker. */
@customElement('ml-loading')
export class MlLoading extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      gap: var(--ml-space-3);
      padding-block: var(--ml-space-2);
      animation: appear 200ms 150ms both;
    }
    i {
      display: block;
      height: 1rem;
      border-radius: var(--ml-radius-s);
      background: var(--ml-color-skeleton);
      animation: breathe 1.6s ease-in-out infinite;
    }
    i:nth-of-type(3n + 2) {
      width: 82%;
    }
    i:nth-of-type(3n) {
      width: 64%;
    }
    .label {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
    @keyframes breathe {
      50% {
        opacity: 0.45;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      :host,
      i {
        animation: none;
      }
    }
  `;

  @property({ type: Number }) lines = 4;
  @property() label = 'Loading…';

  override render() {
    const lines = Array.from({ length: this.lines }, () => html`<i></i>`);
    return html`<span class="label" role="status">${this.label}</span>${lines}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-loading': MlLoading;
  }
}
