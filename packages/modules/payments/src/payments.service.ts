import { randomUUIDv7 } from 'node:crypto';
import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { UnitOfWork } from '@macrolith/core';
import { Transactional } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Not, Repository } from 'typeorm';
import { AccountRow } from './account.entity.js';
import type { Card } from './card/card.js';
import { CardAuthorisations } from './card/card-authorisations.js';
import { CardNews } from './card/card-news.js';
import { CardReader } from './card/card-reader.js';
import { CardSettlements } from './card/card-settlements.js';
import { KeptCards } from './card/kept-cards.js';
import { declineReason } from './decline-reason.js';
import { EntryRow } from './entry.entity.js';
import {
  type Account,
  AccountClosed,
  AccountExists,
  AccountNotEmpty,
  AccountNotFound,
  CurrencyMismatch,
  DepositConflict,
  type Payment,
  PaymentDeclined,
  PaymentNotFound,
  Payments,
} from './index.js';
import { Ledger } from './ledger.js';
import { PaymentRow } from './payment.entity.js';
import { PaymentActions } from './payment-actions.js';
import { CardMending } from './reconciliation/card-mending.js';
import { CardReconciliation } from './reconciliation/card-reconciliation.js';
import type { Reconciliation } from './reconciliation/reconciliation.js';
import { AUTHORISE } from './statements/authorise.js';
import { toAccount } from './views.js';

@Injectable()
export class PaymentsService implements Payments {
  constructor(
    @InjectRepository(AccountRow) private readonly accounts: Repository<AccountRow>,
    @InjectRepository(PaymentRow) private readonly payments: Repository<PaymentRow>,
    @InjectRepository(EntryRow) private readonly entries: Repository<EntryRow>,
    private readonly unitOfWork: UnitOfWork,
    private readonly cards: CardReader,
    private readonly cardAuthorisations: CardAuthorisations,
    private readonly ledger: Ledger,
    private readonly actions: PaymentActions,
    private readonly cardSettlements: CardSettlements,
    private readonly cardNews: CardNews,
    private readonly keptCards: KeptCards,
    private readonly cardReconciliation: CardReconciliation,
    private readonly cardMending: CardMending,
  ) {}

  async openAccount({ accountId, currency, limitMinor }: InputOf<Payments['openAccount']>): Promise<Account> {
    const row = this.accounts.create({
      accountId,
      status: 'open',
      currency,
      balanceMinor: 0n,
      heldMinor: 0n,
      limitMinor: limitMinor ?? null,
    });
    const { raw } = await this.accounts.createQueryBuilder().insert().values(row).orIgnore().execute();
    if (raw.length === 0) throw new AccountExists({ accountId });
    return toAccount(row);
  }

  @Transactional()
  async closeAccount({ accountId }: InputOf<Payments['closeAccount']>): Promise<Account> {
    const account = await this.ledger.lock(accountId);
    if (account.status === 'closed') return toAccount(account);
    if (account.balanceMinor !== 0n || account.heldMinor !== 0n) {
      const { balance, held } = toAccount(account);
      throw new AccountNotEmpty({ accountId, balance, held });
    }
    await this.accounts.update({ accountId }, { status: 'closed' });
    return toAccount({ ...account, status: 'closed' });
  }

  @Transactional()
  async deposit({ accountId, amount, reference }: InputOf<Payments['deposit']>): Promise<Account> {
    const account = await this.ledger.lock(accountId);
    // A deposit that is sent again is answered even if the account was closed since.
    const booked = await this.entries.findOneBy({ accountId, kind: 'deposit', reference });
    if (booked !== null) return this.depositedBefore(account, booked, amount);
    if (account.status === 'closed') throw new AccountClosed({ accountId });
    if (account.currency !== amount.currency) {
      throw new CurrencyMismatch({ accountId, expected: account.currency, given: amount.currency });
    }

    const { amountMinor } = amount;
    await Promise.all([
      this.ledger.book({ accountId, kind: 'deposit', amountMinor, reference }),
      this.ledger.change(accountId, amountMinor, 0n),
    ]);
    return toAccount({ ...account, balanceMinor: account.balanceMinor + amountMinor });
  }

  async getAccount({ accountId }: InputOf<Payments['getAccount']>): Promise<Account> {
    const row = await this.accounts.findOneBy({ accountId });
    if (row === null) throw new AccountNotFound({ accountId });
    return toAccount(row);
  }

  async listAccounts({
    cursor,
    limit = 20,
  }: InputOf<Payments['listAccounts']>): Promise<OutputOf<Payments['listAccounts']>> {
    const page = this.accounts
      .createQueryBuilder('account')
      .orderBy('account.accountId')
      .limit(limit + 1);
    if (cursor !== undefined) page.andWhere('account.accountId > :cursor', { cursor });

    const accounts = (await page.getMany()).map(toAccount);
    return pageFrom(accounts, limit, (last) => last.accountId);
  }

  async authorise(request: InputOf<Payments['authorise']>): Promise<OutputOf<Payments['authorise']>> {
    const paymentId = randomUUIDv7();
    if (await this.hold(paymentId, request)) return { paymentId };
    return this.unitOfWork.run(() => this.declineOrHold(paymentId, request));
  }

  async capture({ paymentId }: InputOf<Payments['capture']>): Promise<Payment> {
    return this.actions.act(paymentId, 'capture');
  }

  async void({ paymentId, amountMinor }: InputOf<Payments['void']>): Promise<Payment> {
    return this.actions.act(paymentId, 'void', amountMinor);
  }

  async voidHeld({ paymentIds }: InputOf<Payments['voidHeld']>): Promise<OutputOf<Payments['voidHeld']>> {
    return { paymentIds: await this.actions.voidHeld(paymentIds) };
  }

  async reinstate({ paymentId, amountMinor }: InputOf<Payments['reinstate']>): Promise<Payment> {
    return this.actions.act(paymentId, 'reinstate', amountMinor);
  }

  async refund({ paymentId, amountMinor }: InputOf<Payments['refund']>): Promise<Payment> {
    return this.actions.act(paymentId, 'refund', amountMinor);
  }

  async getPayment({ paymentId }: InputOf<Payments['getPayment']>): Promise<Payment> {
    const row = await this.payments.findOneBy({ paymentId });
    if (row === null) throw new PaymentNotFound({ paymentId });
    return this.actions.complete(row);
  }

  async listPayments(request: InputOf<Payments['listPayments']>): Promise<OutputOf<Payments['listPayments']>> {
    const { accountId, orderId, orderIds, method, cursor, limit = 20 } = request;
    const page = this.payments
      .createQueryBuilder('payment')
      .orderBy('payment.paymentId', 'DESC')
      .limit(limit + 1);
    if (cursor !== undefined) page.andWhere('payment.paymentId < :cursor', { cursor });
    if (accountId !== undefined) page.andWhere({ accountId });
    if (orderId !== undefined) page.andWhere({ orderId });
    if (orderIds !== undefined) page.andWhere({ orderId: In(orderIds) });

    if (method !== undefined) page.andWhere({ accountId: method === 'card' ? IsNull() : Not(IsNull()) });

    const payments = await this.cards.complete(await page.getMany());
    return pageFrom(payments, limit, (last) => last.paymentId);
  }

  authoriseCard(request: InputOf<Payments['authoriseCard']>): Promise<OutputOf<Payments['authoriseCard']>> {
    return this.cardAuthorisations.authorise(request);
  }

  settleCard({ paymentId }: InputOf<Payments['settleCard']>): Promise<void> {
    return this.cardSettlements.settle(paymentId);
  }

  hearCardNetwork(news: InputOf<Payments['hearCardNetwork']>): Promise<void> {
    return this.cardNews.hear(news);
  }

  keepCard(card: InputOf<Payments['keepCard']>): Promise<Card> {
    return this.keptCards.keep(card);
  }

  listCards(): Promise<OutputOf<Payments['listCards']>> {
    return this.keptCards.list();
  }

  reconcileCards(request: InputOf<Payments['reconcileCards']>): Promise<Reconciliation> {
    return this.cardReconciliation.reconcile(request);
  }

  mendCards(request: InputOf<Payments['mendCards']>): Promise<Reconciliation> {
    return this.cardMending.mend(request);
  }

  private async hold(paymentId: string, { orderId, method, amount }: InputOf<Payments['authorise']>): Promise<boolean> {
    const values = [paymentId, orderId, method.accountId, amount.amountMinor, amount.currency];
    const rows: unknown[] = await this.payments.query(AUTHORISE, values);
    return rows.length === 1;
  }

  /** The reason is found under the account's lock. Where there is none any more, since a deposit came in, the amount is held. */
  private async declineOrHold(
    paymentId: string,
    request: InputOf<Payments['authorise']>,
  ): Promise<OutputOf<Payments['authorise']>> {
    const { accountId } = request.method;
    const reason = declineReason(await this.ledger.lock(accountId), request.amount);
    if (reason !== undefined) throw new PaymentDeclined({ accountId, reason });
    await this.hold(paymentId, request);
    return { paymentId };
  }

  private depositedBefore(
    account: AccountRow,
    { amountMinor, reference }: EntryRow,
    amount: { amountMinor: bigint; currency: string },
  ): Account {
    const { accountId, currency } = account;
    if (amountMinor !== amount.amountMinor || currency !== amount.currency) {
      throw new DepositConflict({ accountId, reference, booked: { amountMinor, currency } });
    }
    return toAccount(account);
  }
}
