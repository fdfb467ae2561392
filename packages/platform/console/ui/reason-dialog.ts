import { css, customElement, type FormAction, html, MlElement, property, query } from '@macrolith/ui';

/** Who does something, and why. */
export interface Reason {
  readonly who: string;
  readonly why: string;
}

export interface ReasonRequest {
  /** A question: `Discard it for payments.capture?` */
  readonly heading: string;
  /** What will happen, and whether it can be undone. */
  readonly message: string;
  /** The verb of the action. */
  readonly confirmLabel: string;
  readonly tone?: 'brand' | 'danger';
  /** Does it. What it throws is shown in the dialog, which stays. */
  readonly run: (reason: Reason) => Promise<void>;
}

const REMEMBERED = 'macrolith.console.who';

/** Asks who and why, and does it. Resolves to whether it was done. */
export function askReason(request: ReasonRequest): Promise<boolean> {
  const dialog = document.createElement('console-reason-dialog') as ReasonDialog;
  dialog.request = request;
  document.body.append(dialog);
  return dialog.ended.finally(() => dialog.remove());
}

@customElement('console-reason-dialog')
class ReasonDialog extends MlElement {
  static override styles = css`
    p {
      margin: 0 0 var(--ml-space-5);
    }
  `;

  @property({ attribute: false }) request!: ReasonRequest;
  @query('wa-dialog') private readonly dialog!: HTMLElement & {
    open: boolean;
    readonly updateComplete: Promise<unknown>;
  };

  readonly #end = Promise.withResolvers<boolean>();
  #isDone = false;

  get ended(): Promise<boolean> {
    return this.#end.promise;
  }

  protected override firstUpdated(): void {
    void this.dialog.updateComplete.then(() => {
      this.dialog.open = true;
    });
  }

  override render() {
    const { heading, message, confirmLabel, tone = 'brand' } = this.request;
    const who = localStorage.getItem(REMEMBERED) ?? '';
    return html`
      <wa-dialog label=${heading} @wa-after-hide=${this.#closed}>
        <p>${message}</p>
        <ml-form .action=${this.#run} submit-label=${confirmLabel} submit-tone=${tone}>
          <ml-field name="who" label="Your name" required maxlength="200" .value=${who} ?autofocus=${who === ''}></ml-field>
          <ml-field
            name="why"
            label="Why"
            type="textarea"
            required
            maxlength="2000"
            hint="Both are kept with the change."
            ?autofocus=${who !== ''}
          ></ml-field>
          <wa-button slot="actions" appearance="outlined" @click=${this.#close}>Leave it as it is</wa-button>
        </ml-form>
      </wa-dialog>
    `;
  }

  #run: FormAction<Reason> = async (reason) => {
    await this.request.run(reason);
    localStorage.setItem(REMEMBERED, reason.who);
    this.#isDone = true;
    this.#close();
  };

  #close = () => {
    this.dialog.open = false;
  };

  #closed = (event: Event) => {
    if (event.target === this.dialog) this.#end.resolve(this.#isDone);
  };
}
