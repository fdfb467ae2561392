import { html } from '@macrolith/ui';

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
}

interface Choice {
  readonly label: string;
  readonly chosen: string;
  readonly options: readonly ChoiceOption[];
  readonly choose: (value: string) => void;
}

/** A filter with a few values: a button that says what is chosen, and a menu. */
export function choice({ label, chosen, options, choose }: Choice) {
  const selected = (event: CustomEvent<{ readonly item: { readonly value: string } }>) =>
    choose(event.detail.item.value);
  const shown = options.find(({ value }) => value === chosen)?.label ?? chosen;
  return html`
    <wa-dropdown @wa-select=${selected}>
      <wa-button slot="trigger" appearance="outlined" with-caret>${label}: ${shown}</wa-button>
      ${options.map(
        ({ value, label: text }) => html`
          <wa-dropdown-item type="checkbox" value=${value} .checked=${value === chosen}>${text}</wa-dropdown-item>
        `,
      )}
    </wa-dropdown>
  `;
}
