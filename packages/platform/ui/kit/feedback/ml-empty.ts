import type { IconName } from '@macrolith/ui/manifest';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** There is nothing here yet: says so, says why in its content, and offers what to do in the slot `actions`. */
@customElement('ml-empty')
export class MlEmpty extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      justify-items: center;
      gap: var(--ml-space-2);
      padding: var(--ml-space-8) var(--ml-space-5);
      text-align: center;
    }
    .icon {
      display: grid;
      place-items: center;
      width: 3rem;
      height: 3rem;
      margin-block-end: var(--ml-space-2);
      border-radius: var(--ml-radius-l);
      font-size: 1.375rem;
      color: var(--ml-color-text-quiet);
      background: var(--ml-color-sunken);
      border: 1px solid var(--ml-color-border);
    }
    strong {
      font-weight: 600;
    }
    .text {
      max-width: 42ch;
      color: var(--ml-color-text-quiet);
      text-wrap: balance;
    }
    ::slotted([slot='actions']) {
      margin-block-start: var(--ml-space-3);
    }
  `;

  @property() heading = 'Nothing here yet';
  @property() icon: IconName = 'inbox';

  override render() {
    return html`
      <span class="icon"><wa-icon name=${this.icon}></wa-icon></span>
      <strong>${this.heading}</strong>
      <div class="text"><slot></slot></div>
      <slot name="actions"></slot>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-empty': MlEmpty;
  }
}
