import { expect, test } from '@jest/globals';
import { runInContext } from '@macrolith/core';
import { type ContractSubject, eventually } from '@macrolith/testing';
import { AmountTooHigh, CardDeclined, InvalidPaymentState, NotFromCardNetwork, type Payments } from '../src/index.js';
import { TEST_CARD } from '../src/testing.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });

/** What every provider of payments must do with cards. Each test works on an order of its own. */
export function specifyCards(payments: ContractSubject<typeof Payments>): void {
  const authorise = (orderId: string, amount = pounds(600n), token: string = TEST_CARD.token) =>
    payments.port.authoriseCard({ orderId, card: { type: 'card', token }, amount });
  const settled = (paymentId: string) =>
    eventually(
      'The settlement',
      () => payments.port.getPayment({ paymentId }),
      ({ settlement }) => settlement !== 'pending',
    );

  test('an amount is held on a card', async () => {
    const { paymentId } = await authorise('C1');

    expect(await payments.port.getPayment({ paymentId })).toEqual({
      paymentId,
      orderId: 'C1',
      method: TEST_CARD,
      status: 'authorised',
      authorised: pounds(600n),
      voided: pounds(0n),
      captured: pounds(0n),
      refunded: pounds(0n),
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    });
  });

  test.each([
    ['tok_visa_no_funds_9995', 'insufficient-funds'],
    ['tok_visa_expired_0069', 'card-expired'],
    ['tok_visa_blocked_9979', 'card-blocked'],
    ['tok_visa_not_honoured_0002', 'not-honoured'],
    ['tok_visa_limited_0127', 'limit-exceeded'],
    ['tok_of_nobody', 'unknown-card'],
  ])('%s declines for its reason: %s', async (token, reason) => {
    const orderId = `C2 ${token}`;

    const declined = authorise(orderId, pounds(10_001n), token);

    await expect(declined).rejects.toMatchObject({ code: CardDeclined.code, reason });
    const { items } = await payments.port.listPayments({ orderId });
    expect(items).toMatchObject([{ status: 'declined', method: { type: 'card', token }, captured: pounds(0n) }]);
    const { paymentId } = items[0]!;
    await expect(payments.port.capture({ paymentId })).rejects.toMatchObject({ state: 'declined', action: 'capture' });
  });

  test('the same wish is the same payment, and another one is another', async () => {
    const wish = (idempotencyKey: string) => runInContext({ idempotencyKey }, () => authorise('C3'));

    const [first, again, other] = [await wish('one'), await wish('one'), await wish('other')];

    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect((await payments.port.listPayments({ orderId: 'C3' })).items).toHaveLength(2);
  });

  test('the same wish is declined again', async () => {
    const wish = () => runInContext({ idempotencyKey: 'no' }, () => authorise('C4', pounds(1n), 'tok_of_nobody'));

    await expect(wish()).rejects.toMatchObject({ reason: 'unknown-card' });
    await expect(wish()).rejects.toMatchObject({ reason: 'unknown-card' });
    expect((await payments.port.listPayments({ orderId: 'C4' })).items).toHaveLength(1);
  });

  test('what is held is taken, and given back in parts', async () => {
    const { paymentId } = await authorise('C5');

    expect(await payments.port.capture({ paymentId })).toMatchObject({ status: 'captured', captured: pounds(600n) });
    expect(await payments.port.refund({ paymentId, amountMinor: 100n })).toMatchObject({ status: 'captured' });
    const tooMuch = payments.port.refund({ paymentId, amountMinor: 501n });
    await expect(tooMuch).rejects.toMatchObject({ code: AmountTooHigh.code, possibleMinor: 500n });
    expect(await payments.port.refund({ paymentId })).toMatchObject({ status: 'refunded', refunded: pounds(600n) });

    expect(await settled(paymentId)).toMatchObject({ status: 'refunded', settlement: 'settled' });
  });

  test('a part that is voided is not taken', async () => {
    const { paymentId } = await authorise('C6');

    expect(await payments.port.void({ paymentId, amountMinor: 250n })).toMatchObject({ status: 'authorised' });
    expect(await payments.port.reinstate({ paymentId, amountMinor: 50n })).toMatchObject({ voided: pounds(200n) });
    expect(await payments.port.capture({ paymentId })).toMatchObject({ captured: pounds(400n) });

    expect(await settled(paymentId)).toMatchObject({ settlement: 'settled' });
  });

  test('what is voided as a whole ends, and is not held again once the card network was told', async () => {
    const { paymentId } = await authorise('C7');

    expect(await payments.port.void({ paymentId })).toMatchObject({ status: 'voided', voided: pounds(600n) });

    expect(await settled(paymentId)).toMatchObject({ settlement: 'settled' });
    await expect(payments.port.reinstate({ paymentId })).rejects.toThrow(InvalidPaymentState);
    await expect(payments.port.capture({ paymentId })).rejects.toThrow(InvalidPaymentState);
  });

  test('a payment of which every part was voided is captured, and takes nothing', async () => {
    const { paymentId } = await authorise('C8');
    await payments.port.void({ paymentId, amountMinor: 600n });

    expect(await payments.port.capture({ paymentId })).toMatchObject({ status: 'captured', captured: pounds(0n) });

    expect(await settled(paymentId)).toMatchObject({ settlement: 'settled' });
  });

  test('a payment for nothing is a payment, and asks no card', async () => {
    const { paymentId } = await authorise('C9', pounds(0n), 'tok_of_nobody');

    const captured = await payments.port.capture({ paymentId });

    expect(captured).toMatchObject({ status: 'captured', captured: pounds(0n) });
    expect(captured).not.toHaveProperty('settlement');
  });

  test('payments by card are told from those from accounts', async () => {
    const { paymentId } = await authorise('C10');

    const [cards, accounts] = await Promise.all([
      payments.port.listPayments({ orderId: 'C10', method: 'card' }),
      payments.port.listPayments({ orderId: 'C10', method: 'account' }),
    ]);

    expect(cards.items).toMatchObject([{ paymentId }]);
    expect(accounts.items).toEqual([]);
  });

  test('cards are kept by what people know them by', async () => {
    await payments.port.keepCard({ token: 'tok_visa_4242', label: 'Old name' });
    await payments.port.keepCard({ token: 'tok_mastercard_4444', label: 'Mastercard ending in 4444' });
    await payments.port.keepCard({ token: 'tok_visa_4242', label: 'Visa ending in 4242' });

    expect(await payments.port.listCards()).toEqual({
      taken: true,
      cards: [
        { token: 'tok_mastercard_4444', label: 'Mastercard ending in 4444' },
        { token: 'tok_visa_4242', label: 'Visa ending in 4242' },
      ],
    });
  });

  test('news that the card network did not sign is not believed', async () => {
    const forged = { id: 'evt_1', timestamp: '1764115200', signature: 'v1,Zm9yZ2Vk', body: '{}' };

    await expect(payments.port.hearCardNetwork(forged)).rejects.toMatchObject({
      code: NotFromCardNetwork.code,
      problem: 'signature',
    });
  });
}
