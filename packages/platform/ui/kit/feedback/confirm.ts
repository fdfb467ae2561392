import { html, render } from 'lit';

export interface Confirmation {
  /** A question: `Cancel this order?` */
  readonly heading: string;
  /** What will happen, and whether it can be undone. */
  readonly message: string;
  /** The verb of the action: `Cancel order`. */
  readonly confirmLabel: string;
  /** Default: `Keep as it is`. */
  readonly cancelLabel?: string;
  readonly tone?: 'brand' | 'danger';
}

/** Asks before something that matters. Resolves to false when the dialog is closed in any other way than by the action. */
export function confirm(confirmation: Confirmation): Promise<boolean> {
  const place = document.createElement('div');
  document.body.append(place);
  return new Promise((resolve) => {
    let confirmed = false;
    const close = (answer: boolean) => {
      confirmed = answer;
      place.querySelector('wa-dialog')!.open = false;
    };
    const closed = (event: Event) => {
      if ((event.target as Element).localName !== 'wa-dialog') return;
      place.remove();
      resolve(confirmed);
    };
    render(template(confirmation, close, closed), place);
    const dialog = place.querySelector('wa-dialog')!;
    void dialog.updateComplete.then(() => {
      dialog.open = true;
    });
  });
}

function template(confirmation: Confirmation, close: (answer: boolean) => void, closed: (event: Event) => void) {
  return html`
    <wa-dialog class="ml-confirm" label=${confirmation.heading} @wa-after-hide=${closed}>
      <p>${confirmation.message}</p>
      <wa-button slot="footer" appearance="outlined" autofocus @click=${() => close(false)}>
        ${confirmation.cancelLabel ?? 'Keep as it is'}
      </wa-button>
      <wa-button slot="footer" variant=${confirmation.tone ?? 'brand'} @click=${() => close(true)}>
        ${confirmation.confirmLabel}
      </wa-button>
    </wa-dialog>
  `;
}
