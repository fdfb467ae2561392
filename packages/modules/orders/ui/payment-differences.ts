import {
  api,
  type Column,
  confirm,
  customElement,
  describeError,
  html,
  MlElement,
  type Money,
  nothing,
  pageStyles,
  Resource,
  state,
  type Tone,
  toast,
} from '@macrolith/ui';
import { orderPage } from './order.js';

/** A difference as the API sends it. */
interface Difference {
  readonly kind: 'charge-without-order' | 'order-without-charge' | 'wrong-amount' | 'order-left-open';
  readonly orderId: string;
  readonly ordered?: Money;
  readonly charged?: Money;
  readonly explanation: string;
  readonly mendable: boolean;
}

interface Reconciliation {
  readonly ordersCompared: number;
  readonly paymentsCompared: number;
  readonly differences: readonly Difference[];
}

const URL = '/api/orders/reconciliation';

const KINDS: Readonly<Record<Difference['kind'], { readonly label: string; readonly tone: Tone }>> = {
  'charge-without-order': { label: 'Money without an order', tone: 'danger' },
  'order-without-charge': { label: 'Order without money', tone: 'danger' },
  'wrong-amount': { label: 'Amounts differ', tone: 'danger' },
  'order-left-open': { label: 'Left in the middle', tone: 'warning' },
};

const columns: readonly Column<Difference>[] = [
  { label: 'Difference', value: kindOf },
  { label: 'What it is', value: ({ explanation }) => explanation },
  { label: 'Order', value: orderOf },
  { label: 'Ordered', value: ({ ordered }) => amount(ordered), align: 'end' },
  { label: 'Charged', value: ({ charged }) => amount(charged), align: 'end' },
];

/** What differs between orders and their payments, on the page that reconciles payments. */
@customElement('orders-payment-differences')
export class PaymentDifferences extends MlElement {
  static override styles = pageStyles;

  @state() private isMending = false;

  private readonly reconciliation = new Resource(this, {
    load: (_, { signal }) => api.get<Reconciliation>(URL, { signal }),
  });

  override render() {
    return this.reconciliation.view((found) => this.#found(found));
  }

  #found({ ordersCompared, paymentsCompared, differences }: Reconciliation) {
    const compared = `${ordersCompared.toLocaleString()} orders and ${paymentsCompared.toLocaleString()} payments`;
    const isMendable = differences.some((difference) => difference.mendable);
    return html`<div class="stack">
      <ml-table label="Differences between orders and payments" .columns=${columns} .rows=${differences}>
        <ml-empty slot="empty" icon="circle-check" heading="Every order has its money">${compared} were compared.</ml-empty>
      </ml-table>
      ${
        isMendable
          ? html`<wa-button appearance="outlined" ?loading=${this.isMending} @click=${() => void this.#mend()}>
              Let go what is held for no order
            </wa-button>`
          : nothing
      }
    </div>`;
  }

  async #mend(): Promise<void> {
    const confirmed = await confirm({
      heading: 'Let go what is held for no order?',
      message: 'Payments whose order does not exist are voided. Nothing that was taken is given back.',
      confirmLabel: 'Let it go',
    });
    if (!confirmed) return;
    this.isMending = true;
    try {
      await api.post(`${URL}/mend`, {}, { idempotencyKey: true });
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
  const { label, tone } = KINDS[kind];
  return html`<ml-status tone=${tone}>${label}</ml-status>`;
}

function orderOf({ orderId }: Difference) {
  return html`<ml-link href=${orderPage(orderId)}><span class="code">${orderId.slice(-12)}</span></ml-link>`;
}

function amount(value: Money | undefined) {
  return value === undefined ? nothing : html`<ml-money .value=${value}></ml-money>`;
}
