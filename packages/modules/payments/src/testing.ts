/** Payments in memory that keep the same contract, and an account to pay from: for tests of modules that use them. */
import { randomUUIDv7 } from 'node:crypto';
import { type InputOf, type Money, type OutputOf, pageFrom } from '@macrolith/contract';
import { settledAct } from './card/settled-act.js';
import { testCardDeclines } from './card/test-cards.js';
import { declineReason, type PayingAccount } from './decline-reason.js';
import {
  type Account,
  AccountClosed,
  AccountExists,
  AccountNotEmpty,
  AccountNotFound,
  AmountTooHigh,
  type Card,
  CardDeclined,
  CurrencyMismatch,
  DepositConflict,
  InvalidPaymentState,
  NotFromCardNetwork,
  type Payment,
  PaymentDeclined,
  PaymentNotFound,
  Payments,
  type Reconciliation,
} from './index.js';
import { type PaymentAction, type PaymentState, type Transition, transition } from './payment-transition.js';
import { type CardPart, toAccount, toPayment } from './views.js';

type StoredAccount = Parameters<typeof toAccount>[0] & PayingAccount;
type StoredPayment = Parameters<typeof toPayment>[0] & PaymentState & { readonly card?: CardPart };

/** A card that pays, at the sandbox and here. See the README of the sandbox for those that do not. */
export const TEST_CARD = { type: 'card', token: 'tok_visa_4242' } as const;

/** Opens an account in `payments` and fills it with `balance`, by default 1,000.00 GBP. Answers its id. */
export async function anAccount(
  payments: Payments,
  {
    accountId = 'demo',
    balance = { amountMinor: 100_000n, currency: 'GBP' },
  }: { accountId?: string; balance?: Money } = {},
): Promise<string> {
  await payments.openAccount({ accountId, currency: balance.currency });
  if (balance.amountMinor > 0n)
    await payments.deposit({ accountId, amount: balance, reference: `opening ${accountId}` });
  return accountId;
}

/** Payments in memory. They pass the contract suite of the real ones. */
export class FakePayments implements Payments {
  private readonly accounts = new Map<string, StoredAccount>();
  private readonly payments = new Map<string, StoredPayment>();
  private readonly deposits = new Map<string, Money>();
  private readonly cards = new Map<string, Card>();

  async openAccount({ accountId, currency, limitMinor }: InputOf<Payments['openAccount']>): Promise<Account> {
    if (this.accounts.has(accountId)) throw new AccountExists({ accountId });
    const account: StoredAccount = {
      accountId,
      status: 'open',
      currency,
      balanceMinor: 0n,
      heldMinor: 0n,
      limitMinor: limitMinor ?? null,
      openedAt: new Date(),
    };
    this.accounts.set(accountId, account);
    return toAccount(account);
  }

  async closeAccount({ accountId }: InputOf<Payments['closeAccount']>): Promise<Account> {
    const account = this.account(accountId);
    if (account.status === 'closed') return toAccount(account);
    if (account.balanceMinor !== 0n || account.heldMinor !== 0n) {
      const { balance, held } = toAccount(account);
      throw new AccountNotEmpty({ accountId, balance, held });
    }
    return this.change(accountId, { status: 'closed' });
  }

  async deposit({ accountId, amount, reference }: InputOf<Payments['deposit']>): Promise<Account> {
    const account = this.account(accountId);
    const booked = this.deposits.get(`${accountId}/${reference}`);
    if (booked !== undefined) {
      const same = booked.amountMinor === amount.amountMinor && booked.currency === amount.currency;
      if (!same) throw new DepositConflict({ accountId, reference, booked: { ...booked } });
      return toAccount(account);
    }
    if (account.status === 'closed') throw new AccountClosed({ accountId });
    if (account.currency !== amount.currency) {
      throw new CurrencyMismatch({ accountId, expected: account.currency, given: amount.currency });
    }
    this.deposits.set(`${accountId}/${reference}`, { ...amount });
    return this.change(accountId, { balanceMinor: account.balanceMinor + amount.amountMinor });
  }

  async getAccount({ accountId }: InputOf<Payments['getAccount']>): Promise<Account> {
    return toAccount(this.account(accountId));
  }

  async listAccounts({
    cursor = '',
    limit = 20,
  }: InputOf<Payments['listAccounts']>): Promise<OutputOf<Payments['listAccounts']>> {
    const found = [...this.accounts.values()]
      .filter(({ accountId }) => accountId > cursor)
      .sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
    return pageFrom(found.map(toAccount), limit, (last) => last.accountId);
  }

  async authorise({
    orderId,
    method,
    amount,
  }: InputOf<Payments['authorise']>): Promise<OutputOf<Payments['authorise']>> {
    const { accountId } = method;
    const account = this.account(accountId);
    const reason = declineReason(account, amount);
    if (reason !== undefined) throw new PaymentDeclined({ accountId, reason });

    this.change(accountId, { heldMinor: account.heldMinor + amount.amountMinor });
    return this.put({ orderId, accountId }, amount);
  }

  async authoriseCard(request: InputOf<Payments['authoriseCard']>): Promise<OutputOf<Payments['authoriseCard']>> {
    const { orderId, amount } = request;
    const { token } = request.card;
    const reason = amount.amountMinor === 0n ? undefined : testCardDeclines(token, amount.amountMinor);
    const card = { token, settlement: null };
    const { paymentId } = this.put({ orderId, accountId: null, card }, amount, reason && 'declined');
    if (reason !== undefined) throw new CardDeclined({ reason });
    return { paymentId };
  }

  /** What is decided here is done at once. */
  async settleCard(): Promise<void> {}

  /** No network tells anything here. */
  async hearCardNetwork(): Promise<void> {
    throw new NotFromCardNetwork({ problem: 'signature' });
  }

  async keepCard({ token, label }: InputOf<Payments['keepCard']>): Promise<Card> {
    this.cards.set(token, { token, label });
    return { token, label };
  }

  async listCards(): Promise<OutputOf<Payments['listCards']>> {
    const cards = [...this.cards.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
    return { taken: true, cards: cards.map((card) => ({ ...card })) };
  }

  /** Here is nothing that could differ. */
  async reconcileCards(): Promise<Reconciliation> {
    return { paymentsCompared: 0, chargesCompared: 0, differences: [], complete: true };
  }

  async mendCards(): Promise<Reconciliation> {
    return this.reconcileCards();
  }

  async capture({ paymentId }: InputOf<Payments['capture']>): Promise<Payment> {
    return this.act(paymentId, 'capture');
  }

  async void({ paymentId, amountMinor }: InputOf<Payments['void']>): Promise<Payment> {
    return this.act(paymentId, 'void', amountMinor);
  }

  async voidHeld({ paymentIds }: InputOf<Payments['voidHeld']>): Promise<OutputOf<Payments['voidHeld']>> {
    const held = [...new Set(paymentIds)].filter((id) => this.payments.get(id)?.status === 'authorised').toSorted();
    for (const paymentId of held) this.act(paymentId, 'void');
    return { paymentIds: held };
  }

  async reinstate({ paymentId, amountMinor }: InputOf<Payments['reinstate']>): Promise<Payment> {
    return this.act(paymentId, 'reinstate', amountMinor);
  }

  async refund({ paymentId, amountMinor }: InputOf<Payments['refund']>): Promise<Payment> {
    return this.act(paymentId, 'refund', amountMinor);
  }

  async getPayment({ paymentId }: InputOf<Payments['getPayment']>): Promise<Payment> {
    return viewOf(this.payment(paymentId));
  }

  async listPayments(request: InputOf<Payments['listPayments']>): Promise<OutputOf<Payments['listPayments']>> {
    const { accountId, orderId, orderIds, method, cursor, limit = 20 } = request;
    const found = [...this.payments.values()]
      .filter((payment) => accountId === undefined || payment.accountId === accountId)
      .filter((payment) => orderId === undefined || payment.orderId === orderId)
      .filter((payment) => orderIds === undefined || orderIds.includes(payment.orderId))
      .filter((payment) => method === undefined || (method === 'card') === (payment.accountId === null))
      .filter((payment) => cursor === undefined || payment.paymentId < cursor)
      .sort((a, b) => (a.paymentId < b.paymentId ? 1 : -1));
    return pageFrom(found.map(viewOf), limit, (last) => last.paymentId);
  }

  private act(paymentId: string, action: PaymentAction, amountMinor?: bigint): Payment {
    const payment = this.payment(paymentId);
    const outcome = transition(payment, action, amountMinor);
    if ('refused' in outcome) {
      if (outcome.refused === 'state') throw new InvalidPaymentState({ paymentId, state: payment.status, action });
      const { requestedMinor, possibleMinor } = outcome;
      throw new AmountTooHigh({ paymentId, requestedMinor, possibleMinor });
    }
    if (payment.accountId !== null) this.moveMoney(payment.accountId, outcome);
    else if (action === 'reinstate' && payment.status === 'voided') {
      throw new InvalidPaymentState({ paymentId, state: payment.status, action });
    }
    const next = { ...payment, ...settledBy(payment, action, outcome), ...outcome.next, updatedAt: new Date() };
    this.payments.set(paymentId, next);
    return viewOf(next);
  }

  private moveMoney(accountId: string, { heldDeltaMinor, balanceDeltaMinor }: Transition): void {
    const { balanceMinor, heldMinor } = this.account(accountId);
    if (heldDeltaMinor > balanceMinor - heldMinor) {
      throw new PaymentDeclined({ accountId, reason: 'insufficient-funds' });
    }
    this.change(accountId, { balanceMinor: balanceMinor + balanceDeltaMinor, heldMinor: heldMinor + heldDeltaMinor });
  }

  private put(
    made: Pick<StoredPayment, 'orderId' | 'accountId' | 'card'>,
    { amountMinor, currency }: Money,
    status: PaymentState['status'] = 'authorised',
  ): { paymentId: string } {
    const paymentId = randomUUIDv7();
    const now = new Date();
    const amounts = { authorisedMinor: amountMinor, voidedMinor: 0n, capturedMinor: 0n, refundedMinor: 0n };
    this.payments.set(paymentId, { paymentId, ...made, status, currency, ...amounts, createdAt: now, updatedAt: now });
    return { paymentId };
  }

  private change(accountId: string, changes: Partial<StoredAccount>): Account {
    const next = { ...this.account(accountId), ...changes };
    this.accounts.set(accountId, next);
    return toAccount(next);
  }

  private account(accountId: string): StoredAccount {
    const account = this.accounts.get(accountId);
    if (account === undefined) throw new AccountNotFound({ accountId });
    return account;
  }

  private payment(paymentId: string): StoredPayment {
    const payment = this.payments.get(paymentId);
    if (payment === undefined) throw new PaymentNotFound({ paymentId });
    return payment;
  }
}

function viewOf(payment: StoredPayment): Payment {
  return toPayment(payment, payment.card);
}

/** What a card is to do is done at once. */
function settledBy({ card }: StoredPayment, action: PaymentAction, outcome: Transition): Partial<StoredPayment> {
  if (card === undefined || settledAct(action, outcome) === undefined) return {};
  return { card: { ...card, settlement: 'settled' } };
}
