import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { ContractSubject } from '@macrolith/testing';
import {
  AccountClosed,
  AccountExists,
  AccountNotEmpty,
  AccountNotFound,
  AmountTooHigh,
  CurrencyMismatch,
  DepositConflict,
  InvalidPaymentState,
  PaymentDeclined,
  PaymentNotFound,
  type Payments,
} from '../src/index.js';
import { anAccount, TEST_CARD } from '../src/testing.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });

/** What every provider of payments must do. Tests share one, so each works on accounts of its own. */
export function specifyPayments(payments: ContractSubject<typeof Payments>): void {
  const authorise = (accountId: string, amount = pounds(600n), orderId = `order of ${accountId}`) =>
    payments.port.authorise({ orderId, method: { type: 'account', accountId }, amount });
  const account = (accountId: string, balance = pounds(1000n)) => anAccount(payments.port, { accountId, balance });

  test('an account is opened with nothing in it', async () => {
    const opened = await payments.port.openAccount({ accountId: 'OPEN', currency: 'GBP', limitMinor: 5000n });

    expect(opened).toEqual({
      accountId: 'OPEN',
      status: 'open',
      balance: pounds(0n),
      held: pounds(0n),
      available: pounds(0n),
      limit: pounds(5000n),
      openedAt: expect.any(Date),
    });
    expect(await payments.port.getAccount({ accountId: 'OPEN' })).toEqual(opened);
  });

  test('an account that exists is not opened again', async () => {
    await payments.port.openAccount({ accountId: 'TWICE', currency: 'GBP' });

    const again = payments.port.openAccount({ accountId: 'TWICE', currency: 'EUR' });

    await expect(again).rejects.toThrow(new AccountExists({ accountId: 'TWICE' }));
    expect((await payments.port.getAccount({ accountId: 'TWICE' })).balance.currency).toBe('GBP');
  });

  test('an account that nobody opened is not found', async () => {
    await expect(payments.port.getAccount({ accountId: 'NOBODY' })).rejects.toThrow(AccountNotFound);
    await expect(authorise('NOBODY')).rejects.toThrow(AccountNotFound);
  });

  test('a deposit counts once, however often it is sent', async () => {
    await payments.port.openAccount({ accountId: 'DEP', currency: 'GBP' });
    const deposit = { accountId: 'DEP', amount: pounds(250n), reference: 'statement 12, line 3' };

    expect(await payments.port.deposit(deposit)).toMatchObject({ balance: pounds(250n) });
    expect(await payments.port.deposit(deposit)).toMatchObject({ balance: pounds(250n) });
    expect(await payments.port.deposit({ ...deposit, reference: 'line 4' })).toMatchObject({ balance: pounds(500n) });
  });

  test('a reference does not stand for two deposits', async () => {
    await payments.port.openAccount({ accountId: 'DEP2', currency: 'GBP' });
    await payments.port.deposit({ accountId: 'DEP2', amount: pounds(250n), reference: 'r' });

    const other = payments.port.deposit({ accountId: 'DEP2', amount: pounds(251n), reference: 'r' });

    await expect(other).rejects.toMatchObject({ code: DepositConflict.code, reference: 'r', booked: pounds(250n) });
    expect(await payments.port.getAccount({ accountId: 'DEP2' })).toMatchObject({ balance: pounds(250n) });
  });

  test('a deposit is made in the currency of the account', async () => {
    await payments.port.openAccount({ accountId: 'DEP3', currency: 'GBP' });

    const euros = payments.port.deposit({
      accountId: 'DEP3',
      amount: { amountMinor: 1n, currency: 'EUR' },
      reference: 'r',
    });

    await expect(euros).rejects.toMatchObject({ code: CurrencyMismatch.code, expected: 'GBP', given: 'EUR' });
  });

  test('a closed account takes no deposits and makes no payments', async () => {
    const accountId = await account('CLOSED', pounds(0n));

    expect(await payments.port.closeAccount({ accountId })).toMatchObject({ status: 'closed' });
    expect(await payments.port.closeAccount({ accountId })).toMatchObject({ status: 'closed' });

    const deposit = payments.port.deposit({ accountId, amount: pounds(1n), reference: 'late' });
    await expect(deposit).rejects.toThrow(AccountClosed);
    await expect(authorise(accountId, pounds(1n))).rejects.toMatchObject({ reason: 'account-closed' });
  });

  test('an account is closed when its money is spent, and not before', async () => {
    const accountId = await account('LEFT', pounds(600n));
    const { paymentId } = await authorise(accountId, pounds(600n));

    await expect(payments.port.closeAccount({ accountId })).rejects.toMatchObject({
      code: AccountNotEmpty.code,
      accountId,
      balance: pounds(600n),
      held: pounds(600n),
    });
    await payments.port.void({ paymentId });
    await expect(payments.port.closeAccount({ accountId })).rejects.toMatchObject({
      balance: pounds(600n),
      held: pounds(0n),
    });
    expect(await payments.port.getAccount({ accountId })).toMatchObject({ status: 'open' });

    await payments.port.reinstate({ paymentId });
    await payments.port.capture({ paymentId });
    expect(await payments.port.closeAccount({ accountId })).toMatchObject({ status: 'closed' });
  });

  test('an authorised amount is held, not taken', async () => {
    const accountId = await account('HOLD');

    const { paymentId } = await authorise(accountId);

    expect(await payments.port.getAccount({ accountId })).toMatchObject({
      balance: pounds(1000n),
      held: pounds(600n),
      available: pounds(400n),
    });
    expect(await payments.port.getPayment({ paymentId })).toEqual({
      paymentId,
      orderId: 'order of HOLD',
      method: { type: 'account', accountId },
      status: 'authorised',
      authorised: pounds(600n),
      voided: pounds(0n),
      captured: pounds(0n),
      refunded: pounds(0n),
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    });
  });

  test('a payment for nothing is a payment', async () => {
    await payments.port.openAccount({ accountId: 'FREE', currency: 'GBP' });

    const { paymentId } = await authorise('FREE', pounds(0n));

    expect(await payments.port.capture({ paymentId })).toMatchObject({ status: 'captured', captured: pounds(0n) });
  });

  test('what is held cannot be spent twice', async () => {
    const accountId = await account('SPENT');
    await authorise(accountId);

    await expect(authorise(accountId, pounds(401n))).rejects.toMatchObject({
      code: PaymentDeclined.code,
      accountId,
      reason: 'insufficient-funds',
    });
    expect(await payments.port.getAccount({ accountId })).toMatchObject({ held: pounds(600n) });
    await expect(authorise(accountId, pounds(400n))).resolves.toBeDefined();
  });

  test('a payment over the limit or in another currency is declined', async () => {
    await payments.port.openAccount({ accountId: 'LIMIT', currency: 'GBP', limitMinor: 500n });
    await payments.port.deposit({ accountId: 'LIMIT', amount: pounds(10_000n), reference: 'r' });

    await expect(authorise('LIMIT', pounds(501n))).rejects.toMatchObject({ reason: 'over-limit' });
    const euros = authorise('LIMIT', { amountMinor: 1n, currency: 'EUR' });
    await expect(euros).rejects.toMatchObject({ reason: 'currency-mismatch' });
    await expect(authorise('LIMIT', pounds(500n))).resolves.toBeDefined();
  });

  test('a captured payment has left the account', async () => {
    const accountId = await account('CAPTURE');
    const { paymentId } = await authorise(accountId);

    expect(await payments.port.capture({ paymentId })).toMatchObject({ status: 'captured', captured: pounds(600n) });

    expect(await payments.port.getAccount({ accountId })).toMatchObject({
      balance: pounds(400n),
      held: pounds(0n),
      available: pounds(400n),
    });
    const again = payments.port.capture({ paymentId });
    await expect(again).rejects.toMatchObject({
      code: InvalidPaymentState.code,
      state: 'captured',
      action: 'capture',
    });
  });

  test('a voided payment holds nothing any more, and ends', async () => {
    const accountId = await account('VOID');
    const { paymentId } = await authorise(accountId);

    expect(await payments.port.void({ paymentId })).toMatchObject({ status: 'voided', voided: pounds(600n) });

    expect(await payments.port.getAccount({ accountId })).toMatchObject({ balance: pounds(1000n), held: pounds(0n) });
    await expect(payments.port.capture({ paymentId })).rejects.toThrow(InvalidPaymentState);
  });

  test('of many payments those that are held are voided at once, and once more changes nothing', async () => {
    const accountId = await account('MANY');
    const [held, other, taken, ended] = [
      await authorise(accountId, pounds(100n)),
      await authorise(accountId, pounds(200n)),
      await authorise(accountId, pounds(300n)),
      await authorise(accountId, pounds(400n)),
    ];
    await payments.port.capture(taken);
    await payments.port.void(ended);
    const card = await payments.port.authoriseCard({ orderId: 'MANY', card: TEST_CARD, amount: pounds(500n) });
    const paymentIds = [held, other, taken, ended, held, card, { paymentId: randomUUID() }].map((it) => it.paymentId);

    const voided = await payments.port.voidHeld({ paymentIds });

    expect(new Set(voided.paymentIds)).toEqual(new Set([held, other, card].map((it) => it.paymentId)));
    expect(voided.paymentIds).toHaveLength(3);
    expect(await payments.port.getAccount({ accountId })).toMatchObject({ balance: pounds(700n), held: pounds(0n) });
    expect(await payments.port.getPayment(card)).toMatchObject({ status: 'voided', voided: pounds(500n) });
    expect(await payments.port.getPayment(taken)).toMatchObject({ status: 'captured' });
    expect(await payments.port.voidHeld({ paymentIds })).toEqual({ paymentIds: [] });
  });

  test('a payment that is voided in part is captured for the rest', async () => {
    const accountId = await account('PART');
    const { paymentId } = await authorise(accountId);

    expect(await payments.port.void({ paymentId, amountMinor: 250n })).toMatchObject({ status: 'authorised' });
    await expect(payments.port.void({ paymentId, amountMinor: 351n })).rejects.toMatchObject({
      code: AmountTooHigh.code,
      requestedMinor: 351n,
      possibleMinor: 350n,
    });
    expect(await payments.port.capture({ paymentId })).toMatchObject({ captured: pounds(350n) });
    expect(await payments.port.getAccount({ accountId })).toMatchObject({ balance: pounds(650n), held: pounds(0n) });
  });

  test('a void is taken back while the money is there', async () => {
    const accountId = await account('REINSTATE');
    const { paymentId } = await authorise(accountId);
    await payments.port.void({ paymentId });

    expect(await payments.port.reinstate({ paymentId })).toMatchObject({ status: 'authorised', voided: pounds(0n) });

    await payments.port.void({ paymentId });
    await authorise(accountId, pounds(500n));
    await expect(payments.port.reinstate({ paymentId })).rejects.toMatchObject({ reason: 'insufficient-funds' });
    expect(await payments.port.getAccount({ accountId })).toMatchObject({ held: pounds(500n) });
  });

  test('what was captured is given back in parts, and never more than was taken', async () => {
    const accountId = await account('REFUND');
    const { paymentId } = await authorise(accountId);
    await expect(payments.port.refund({ paymentId })).rejects.toThrow(InvalidPaymentState);
    await payments.port.capture({ paymentId });

    expect(await payments.port.refund({ paymentId, amountMinor: 100n })).toMatchObject({ status: 'captured' });
    const tooMuch = payments.port.refund({ paymentId, amountMinor: 501n });
    await expect(tooMuch).rejects.toMatchObject({ code: AmountTooHigh.code, possibleMinor: 500n });
    expect(await payments.port.refund({ paymentId })).toMatchObject({ status: 'refunded', refunded: pounds(600n) });

    expect(await payments.port.getAccount({ accountId })).toMatchObject({ balance: pounds(1000n) });
    await expect(payments.port.refund({ paymentId })).rejects.toThrow(InvalidPaymentState);
  });

  test('a payment that nobody made is not found', async () => {
    const paymentId = randomUUID();

    await expect(payments.port.getPayment({ paymentId })).rejects.toThrow(PaymentNotFound);
    for (const action of ['capture', 'void', 'refund', 'reinstate'] as const) {
      await expect(payments.port[action]({ paymentId })).rejects.toThrow(PaymentNotFound);
    }
  });

  test('accounts are listed by id, in pages', async () => {
    for (const accountId of ['PAGE3', 'PAGE1', 'PAGE2']) {
      await payments.port.openAccount({ accountId, currency: 'GBP' });
    }
    const first = await payments.port.listAccounts({ cursor: 'PAGE', limit: 2 });
    const second = await payments.port.listAccounts({ cursor: first.nextCursor!, limit: 1 });

    expect([...first.items, ...second.items].map((item) => item.accountId)).toEqual(['PAGE1', 'PAGE2', 'PAGE3']);
  });

  test('payments are listed newest first, of one account or of one order', async () => {
    const accountId = await account('LIST');
    const ids: string[] = [];
    for (const order of ['L1', 'L2', 'L3']) {
      ids.unshift((await authorise(accountId, pounds(1n), order)).paymentId);
      await nextMillisecond();
    }

    const first = await payments.port.listPayments({ accountId, limit: 2 });
    const second = await payments.port.listPayments({ accountId, cursor: first.nextCursor! });

    expect([...first.items, ...second.items].map((item) => item.paymentId)).toEqual(ids);
    expect(second).not.toHaveProperty('nextCursor');
    expect((await payments.port.listPayments({ orderId: 'L2' })).items).toHaveLength(1);
    expect((await payments.port.listPayments({ orderIds: ['L1', 'L3', 'L4'] })).items).toHaveLength(2);
    expect((await payments.port.listPayments({ orderIds: [] })).items).toEqual([]);
  });
}

/** Ids tell the time to the millisecond. */
function nextMillisecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}
