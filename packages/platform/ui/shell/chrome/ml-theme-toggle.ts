import { css, customElement, html, LitElement, state } from '@macrolith/ui';
import { chooseTheme, chosenTheme, type Theme } from '../theme/theme.js';

const CHOICES: readonly { readonly theme: Theme; readonly label: string; readonly icon: string }[] = [
  { theme: 'system', label: 'As the system', icon: 'monitor' },
  { theme: 'light', label: 'Light', icon: 'sun' },
  { theme: 'dark', label: 'Dark', icon: 'moon' },
];

/** Chooses between light, dark and what the system says. The choice is kept in this browser. */
@customElement('ml-theme-toggle')
export class MlThemeToggle extends LitElement {
  static override styles = css`
    wa-button::part(base) {
      color: var(--ml-color-text-quiet);
    }
    wa-button::part(base):hover {
      color: var(--ml-color-text);
    }
  `;

  @state() private theme = chosenTheme();

  override render() {
    const current = CHOICES.find(({ theme }) => theme === this.theme)!;
    return html`
      <wa-dropdown placement="bottom-end" @wa-select=${this.#selected}>
        <wa-button slot="trigger" appearance="plain">
          <wa-icon name=${current.icon} label=${`Colours: ${current.label}`}></wa-icon>
        </wa-button>
        ${CHOICES.map(
          ({ theme, label, icon }) => html`
            <wa-dropdown-item type="checkbox" value=${theme} .checked=${theme === this.theme}>
              <wa-icon slot="icon" name=${icon}></wa-icon>${label}
            </wa-dropdown-item>
          `,
        )}
      </wa-dropdown>
    `;
  }

  #selected(event: CustomEvent<{ item: { value: Theme } }>): void {
    this.theme = event.detail.item.value;
    chooseTheme(this.theme);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-theme-toggle': MlThemeToggle;
  }
}
