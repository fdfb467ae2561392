import { api, type Column, CursorList, customElement, html, MlPage, type Page, pageStyles } from '@macrolith/ui';
import { type Account, accountPage, accountStatus } from './account.js';

const columns: readonly Column<Account>[] = [
  { label: 'Account', value: ({ accountId }) => accountId, grow: true },
  { label: 'State', value: accountStatus },
  { label: 'Balance', value: ({ balance }) => html`<ml-money .value=${balance}></ml-money>`, align: 'end' },
  { label: 'Held', value: ({ held }) => html`<ml-money .value=${held}></ml-money>`, align: 'end' },
  { label: 'Available', value: ({ available }) => html`<ml-money .value=${available}></ml-money>`, align: 'end' },
];

/** All accounts. */
@customElement('payments-accounts-page')
export class AccountsPage extends MlPage {
  static override styles = pageStyles;

  private readonly accounts = new CursorList(this, {
    load: (_, { cursor, signal }) =>
      api.get<Page<Account>>('/api/payments/accounts', { query: { cursor, limit: 25 }, signal }),
  });

  override render() {
    return html`
      <ml-page-header heading="Accounts" description="Who pays, what they have, and what is held for orders.">
        <wa-button slot="actions" variant="brand" href="/payments/open">
          <wa-icon slot="start" name="plus"></wa-icon>Open an account
        </wa-button>
      </ml-page-header>
      <ml-table
        label="Accounts"
        .columns=${columns}
        .list=${this.accounts}
        .rowHref=${({ accountId }: Account) => accountPage(accountId)}
      >
        <ml-empty slot="empty" icon="wallet" heading="No accounts yet">
          An order is paid from an account.
          <wa-button slot="actions" href="/payments/open">Open the first account</wa-button>
        </ml-empty>
      </ml-table>
    `;
  }
}
