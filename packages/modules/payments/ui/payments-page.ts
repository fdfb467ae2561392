import { api, CursorList, customElement, html, MlPage, type Page, pageStyles, type Searched } from '@macrolith/ui';
import { type Payment, paymentColumns } from './payment.js';

const columns = paymentColumns({ withAccount: true });

/** All payments, the newest first. The account stands in the address, so that the list can be shared. */
@customElement('payments-payments-page')
export class PaymentsPage extends MlPage {
  static override styles = pageStyles;

  private readonly payments = new CursorList(this, {
    args: () => [this.query.get('accountId')] as const,
    load: ([accountId], { cursor, signal }) =>
      api.get<Page<Payment>>('/api/payments/payments', { query: { accountId, cursor, limit: 25 }, signal }),
  });

  override render() {
    const accountId = this.query.get('accountId') ?? '';
    return html`
      <ml-page-header heading="Payments" description="What was authorised, taken, and given back.">
        <wa-button slot="actions" appearance="outlined" href="/payments/reconciliation">
          <wa-icon slot="start" name="scale"></wa-icon>Reconcile
        </wa-button>
      </ml-page-header>
      <div class="toolbar">
        <ml-search
          label="Show one account"
          .value=${accountId}
          @ml-search=${(event: Searched) => this.setQuery({ accountId: event.value })}
        ></ml-search>
      </div>
      <ml-table label="Payments" .columns=${columns} .list=${this.payments}>
        ${
          accountId === ''
            ? html`<ml-empty slot="empty" icon="banknote" heading="No payments yet">Every order makes one.</ml-empty>`
            : html`<ml-empty slot="empty" icon="search" heading="No payments from “${accountId}”">
                Write the account exactly as it was opened.
              </ml-empty>`
        }
      </ml-table>
    `;
  }
}
