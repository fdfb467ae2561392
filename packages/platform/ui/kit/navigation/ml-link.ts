import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** A link in running text or in a table. A plain `<a href>` navigates just as well; this one is styled. */
@customElement('ml-link')
export class MlLink extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = css`
    a {
      color: var(--ml-color-link);
      text-decoration: none;
      text-underline-offset: 0.2em;
      border-radius: var(--ml-radius-s);
      font-weight: 500;
    }
    a:hover {
      text-decoration: underline;
    }
    a:focus-visible {
      outline: var(--ml-focus-ring);
      outline-offset: 2px;
    }
  `;

  @property() href = '';

  override render() {
    return html`<a part="link" href=${this.href}><slot></slot></a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-link': MlLink;
  }
}
