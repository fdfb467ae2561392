import {
  api,
  customElement,
  type FormAction,
  html,
  MlPage,
  type Money,
  navigate,
  pageStyles,
  state,
  toast,
} from '@macrolith/ui';
import { accountPage } from './account.js';

interface NewAccount {
  readonly accountId: string;
  readonly currency: string;
  readonly limit?: Money;
}

const CURRENCIES = ['GBP', 'EUR', 'USD'].map((currency) => ({ value: currency, label: currency }));

/** Opens an account with nothing in it. */
@customElement('payments-open-account-page')
export class OpenAccountPage extends MlPage {
  static override styles = pageStyles;

  @state() private currency = 'GBP';

  #open: FormAction<NewAccount> = async ({ accountId, currency, limit }, { idempotencyKey }) => {
    const limitMinor = limit?.amountMinor;
    await api.post('/api/payments/accounts', { accountId, currency, limitMinor }, { idempotencyKey });
    toast({ message: `The account ${accountId} is open. It has no money in it yet.`, tone: 'success' });
    navigate(accountPage(accountId));
  };

  override render() {
    return html`
      <ml-page-header heading="Open an account" back-href="/payments" back-label="Accounts"></ml-page-header>
      <ml-card class="narrow">
        <ml-form .action=${this.#open} submit-label="Open the account" cancel-href="/payments">
          <ml-field
            name="accountId"
            label="Account"
            required
            focus-first
            maxlength="64"
            hint="For example the customer's number."
          ></ml-field>
          <ml-field
            name="currency"
            label="Currency"
            type="select"
            required
            .options=${CURRENCIES}
            .value=${this.currency}
            @input=${this.#chooseCurrency}
          ></ml-field>
          <ml-field
            name="limit"
            label="Limit for one payment"
            type="money"
            min="0.01"
            .currency=${this.currency}
            hint="A payment over it is declined. Leave it empty for no limit."
          ></ml-field>
        </ml-form>
      </ml-card>
    `;
  }

  #chooseCurrency = (event: Event) => {
    const reading = (event.target as HTMLElementTagNameMap['ml-field']).read();
    if ('value' in reading && typeof reading.value === 'string') this.currency = reading.value;
  };
}
