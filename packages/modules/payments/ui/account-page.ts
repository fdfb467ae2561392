import {
  api,
  CursorList,
  confirm,
  customElement,
  describeError,
  type FormAction,
  formatMoney,
  html,
  MlPage,
  type Money,
  nothing,
  type Page,
  pageStyles,
  Resource,
  toast,
} from '@macrolith/ui';
import { type Account, accountStatus, accountUrl } from './account.js';
import { type Payment, paymentColumns } from './payment.js';

const columns = paymentColumns({ withAccount: false });

/** One account: what it has, its payments, money that comes in, and its end. */
@customElement('payments-account-page')
export class AccountPage extends MlPage {
  static override styles = pageStyles;

  private readonly account = new Resource(this, {
    args: () => [this.#accountId] as const,
    load: async ([accountId], { signal }) => {
      const account = await api.get<Account>(accountUrl(accountId), { signal });
      this.pageTitle = `Account ${accountId}`;
      return account;
    },
  });

  private readonly payments = new CursorList(this, {
    args: () => [this.#accountId] as const,
    load: ([accountId], { cursor, signal }) =>
      api.get<Page<Payment>>('/api/payments/payments', { query: { accountId, cursor, limit: 10 }, signal }),
  });

  get #accountId(): string {
    return this.params.accountId ?? '';
  }

  override render() {
    return this.account.view((account) => this.#page(account));
  }

  #page(account: Account) {
    return html`
      <ml-page-header heading="Account ${account.accountId}" back-href="/payments" back-label="Accounts">
        <span slot="status">${accountStatus(account)}</span>
      </ml-page-header>
      <div class="split">
        <div class="stack">
          <ml-card heading="Money"><ml-facts .facts=${facts(account)}></ml-facts></ml-card>
          <ml-table label="Payments from this account" .columns=${columns} .list=${this.payments}>
            <ml-empty slot="empty" icon="banknote" heading="No payments yet">
              What is ordered on this account shows here.
            </ml-empty>
          </ml-table>
        </div>
        ${account.status === 'open' ? html`<div class="stack">${this.#depositCard(account)} ${this.#endCard(account)}</div>` : nothing}
      </div>
    `;
  }

  #depositCard({ balance }: Account) {
    return html`<ml-card heading="Deposit">
      <ml-form .action=${this.#deposit} submit-label="Deposit">
        <ml-field name="amount" label="Amount" type="money" currency=${balance.currency} required></ml-field>
        <ml-field
          name="reference"
          label="Reference"
          required
          maxlength="128"
          hint="As on the bank statement. The same deposit entered twice counts once."
        ></ml-field>
      </ml-form>
    </ml-card>`;
  }

  #endCard(account: Account) {
    return html`<ml-card heading="Close the account">
      <div class="stack">
        <p class="quiet">It takes no deposits and makes no payments any more. Only an account with nothing in it can be closed.</p>
        <div>
          <wa-button variant="danger" appearance="outlined" @click=${() => void this.#close(account)}>
            Close the account
          </wa-button>
        </div>
      </div>
    </ml-card>`;
  }

  #deposit: FormAction<{ readonly amount: Money; readonly reference: string }> = async (
    deposit,
    { idempotencyKey },
  ) => {
    await api.post(accountUrl(this.#accountId, '/deposits'), deposit, { idempotencyKey });
    await this.account.reload();
    toast({ message: `${formatMoney(deposit.amount)} came in.`, tone: 'success' });
  };

  async #close({ accountId }: Account): Promise<void> {
    const confirmed = await confirm({
      heading: `Close the account ${accountId}?`,
      message: 'Orders cannot be paid from it any more. This cannot be undone.',
      confirmLabel: 'Close the account',
      tone: 'danger',
    });
    if (!confirmed) return;
    try {
      await api.post(accountUrl(accountId, '/close'));
      await this.account.reload();
      toast({ message: `The account ${accountId} is closed.`, tone: 'success' });
    } catch (error) {
      const { heading, detail } = describeError(error);
      toast({ message: `${heading}. ${detail}`, tone: 'danger' });
    }
  }
}

function facts({ balance, held, available, limit, openedAt }: Account) {
  const money = (value: Money) => html`<ml-money .value=${value}></ml-money>`;
  return [
    { label: 'Available', value: html`<strong>${money(available)}</strong>` },
    { label: 'Balance', value: money(balance) },
    { label: 'Held for orders', value: money(held) },
    { label: 'Limit for one payment', value: limit === undefined ? 'None' : money(limit) },
    { label: 'Opened', value: html`<ml-time value=${openedAt} format="date"></ml-time>` },
  ];
}
