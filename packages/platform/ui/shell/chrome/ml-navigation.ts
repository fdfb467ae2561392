import { css, customElement, html, LitElement, nothing, property } from '@macrolith/ui';
import { activeItem, type NavigationItem } from './navigation-list.js';

/** The list of modules, at the side or in the drawer. */
@customElement('ml-navigation')
export class MlNavigation extends LitElement {
  static override styles = css`
    ul {
      display: grid;
      gap: 2px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    a {
      display: flex;
      align-items: center;
      gap: var(--ml-space-3);
      padding: 0.5rem var(--ml-space-3);
      border-radius: var(--ml-radius-m);
      font-weight: 500;
      text-decoration: none;
      color: var(--ml-color-text-quiet);
      transition:
        background 100ms,
        color 100ms;
    }
    a:hover {
      color: var(--ml-color-text);
      background: var(--ml-color-active);
    }
    a:focus-visible {
      outline: var(--ml-focus-ring);
      outline-offset: -2px;
    }
    a[aria-current] {
      color: var(--ml-color-text);
      font-weight: 600;
      background: var(--ml-color-raised);
      box-shadow:
        0 0 0 1px var(--ml-color-border),
        var(--ml-shadow-s);
    }
    wa-icon {
      flex: none;
      font-size: 1.125rem;
    }
    a[aria-current] wa-icon {
      color: var(--ml-color-brand-text);
    }
    .failed wa-icon {
      color: var(--ml-color-warning);
    }
    .note {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    @media (prefers-reduced-motion: reduce) {
      a {
        transition: none;
      }
    }
  `;

  @property({ attribute: false }) items: readonly NavigationItem[] = [];
  @property() pathname = '/';

  override render() {
    const active = activeItem(this.items, this.pathname);
    return html`
      <nav aria-label="Modules">
        <ul>
          <li>${this.#link('/', 'home', 'Home', this.pathname === '/', false)}</li>
          ${this.items.map(
            (item) => html`<li>${this.#link(item.path, item.icon, item.label, item === active, item.isFailed)}</li>`,
          )}
        </ul>
      </nav>
    `;
  }

  #link(path: string, icon: string, label: string, isActive: boolean, isFailed: boolean) {
    return html`
      <a href=${path} class=${isFailed ? 'failed' : ''} aria-current=${isActive ? 'page' : nothing}>
        <wa-icon name=${icon}></wa-icon>${label}${isFailed ? html`<span class="note"> could not be loaded</span>` : nothing}
      </a>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-navigation': MlNavigation;
  }
}
