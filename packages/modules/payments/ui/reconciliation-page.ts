import {
  api,
  type Column,
  confirm,
  customElement,
  describeError,
  html,
  MlPage,
  type Money,
  nothing,
  pageStyles,
  path,
  Resource,
  state,
  type Tone,
  toast,
} from '@macrolith/ui';

/** A difference as the API sends it. */
interface Difference {
  readonly kind: string;
  readonly orderId?: string;
  readonly here?: Money;
  readonly there?: Money;
  readonly explanation: string;
  readonly mendable: boolean;
  readonly since: string;
}

interface Reconciliation {
  readonly paymentsCompared: number;
  readonly chargesCompared: number;
  readonly differences: readonly Difference[];
  readonly complete: boolean;
}

const URL = '/api/payments/reconciliation';

const KINDS: Readonly<Record<string, { readonly label: string; readonly tone: Tone }>> = {
  'unknown-charge': { label: 'Charge without a payment', tone: 'danger' },
  'charged-twice': { label: 'Charged twice', tone: 'danger' },
  unanswered: { label: 'Answer not known', tone: 'warning' },
  'held-in-vain': { label: 'Charged in vain', tone: 'danger' },
  'missing-charge': { label: 'Charge is missing', tone: 'danger' },
  'wrong-amount': { label: 'Amounts differ', tone: 'danger' },
};

const columns: readonly Column<Difference>[] = [
  { label: 'Difference', value: kindOf },
  { label: 'What it is', value: whatItIs },
  { label: 'Order', value: orderOf },
  { label: 'Here', value: ({ here }) => amount(here), align: 'end' },
  { label: 'There', value: ({ there }) => amount(there), align: 'end' },
];

/** Compares payments with the card network, and lets other modules add what they compare with payments. */
@customElement('payments-reconciliation-page')
export class ReconciliationPage extends MlPage {
  static override styles = pageStyles;

  @state() private isMending = false;

  private readonly reconciliation = new Resource(this, {
    load: (_, { signal }) => api.get<Reconciliation>(URL, { signal }),
  });

  override render() {
    return html`
      <ml-page-header
        heading="Reconciliation"
        description="Payments by card beside what the card network knows. What is younger than a minute may be under way, and is left out."
        back-href="/payments/list"
        back-label="Payments"
      >
        <wa-button slot="actions" appearance="outlined" @click=${() => void this.reconciliation.reload()}>
          <wa-icon slot="start" name="refresh"></wa-icon>Compare again
        </wa-button>
      </ml-page-header>
      <div class="stack">
        ${this.reconciliation.view((found) => this.#found(found))}
        <ml-slot name="payments.reconciliation" .context=${{}}></ml-slot>
      </div>
    `;
  }

  #found({ paymentsCompared, chargesCompared, differences, complete }: Reconciliation) {
    const compared = `${paymentsCompared.toLocaleString()} payments by card and ${chargesCompared.toLocaleString()} charges`;
    const mendable = differences.filter((difference) => difference.mendable).length;
    return html`
      <ml-table label="Differences from the card network" .columns=${columns} .rows=${differences}>
        <ml-empty slot="empty" icon="circle-check" heading="No differences">${compared} were compared.</ml-empty>
      </ml-table>
      ${complete ? nothing : html`<p class="quiet">There are more differences than are shown.</p>`}
      ${
        mendable === 0
          ? nothing
          : html`<div>
              <wa-button variant="brand" ?loading=${this.isMending} @click=${() => void this.#mend(mendable)}>
                Mend what is unambiguous (${mendable})
              </wa-button>
            </div>`
      }
    `;
  }

  async #mend(count: number): Promise<void> {
    const confirmed = await confirm({
      heading: 'Mend what is unambiguous?',
      message: `${count === 1 ? 'One difference is' : `${count} differences are`} mended: holds that nobody stands behind are let go, and the card network is told again what was decided here.`,
      confirmLabel: 'Mend',
    });
    if (!confirmed) return;
    this.isMending = true;
    try {
      await api.post(`${URL}/mend`, {}, { idempotencyKey: true });
      toast({ message: 'What was unambiguous is being mended.', tone: 'success' });
    } catch (error) {
      const { heading, detail } = describeError(error);
      toast({ message: `${heading}. ${detail}`, tone: 'danger' });
    } finally {
      this.isMending = false;
      await this.reconciliation.reload();
    }
  }
}

function kindOf({ kind }: Difference) {
  const { label, tone } = KINDS[kind] ?? { label: kind, tone: 'warning' };
  return html`<ml-status tone=${tone}>${label}</ml-status>`;
}

function whatItIs({ explanation, since }: Difference) {
  return html`<span>${explanation} <span class="quiet">Since <ml-time value=${since}></ml-time></span></span>`;
}

function orderOf({ orderId }: Difference) {
  if (orderId === undefined) return nothing;
  return html`<ml-link href=${path`/orders/${orderId}`}><span class="code">${orderId.slice(-12)}</span></ml-link>`;
}

function amount(value: Money | undefined) {
  return value === undefined ? nothing : html`<ml-money .value=${value}></ml-money>`;
}
