import { expect, test } from '@jest/globals';
import type { ContractSubject } from '@macrolith/testing';
import { anOrderToScore } from './an-order-to-score.js';
import { type Fraud, NegativeTotal } from './index.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });

/**
 * What every provider of fraud must do, in whichever language it is written. It is offered to others, since a provider of
 * this contract need not be in this package.
 */
export function specifyFraud(fraud: ContractSubject<typeof Fraud>): void {
  test.each(['account', 'card'] as const)('nothing speaks against an everyday order paid by %s', async (payer) => {
    const everyday = [
      anOrderToScore({ payer }),
      anOrderToScore({ payer, total: pounds(0n), pieces: 1 }),
      anOrderToScore({ payer, total: { amountMinor: 99_000n, currency: 'EUR' }, pieces: 200 }),
    ];
    for (const order of everyday) expect(await fraud.port.scoreOrder(order)).toEqual({ score: 0, reasons: [] });
  });

  test('what an account pays may be large: the shop knows whose it is', async () => {
    const { country: _, ...nowhere } = anOrderToScore({ total: pounds(100_000_000_000n), pieces: 1_000_000 });

    const { score } = await fraud.port.scoreOrder(nowhere);

    expect(score).toBeLessThan(50);
  });

  test('a card that pays a fortune for goods that go nobody knows where is suspicious, and the reasons say why', async () => {
    const { country: _, ...nowhere } = anOrderToScore({ payer: 'card', total: pounds(2_000_000n), pieces: 5_000 });

    const { score, reasons } = await fraud.port.scoreOrder(nowhere);

    expect(score).toBeGreaterThanOrEqual(80);
    expect(reasons).not.toEqual([]);
  });

  test('the same order gets the same score, at once and again', async () => {
    const order = anOrderToScore({ payer: 'card', total: pounds(1_500_000n) });

    const scores = await Promise.all(Array.from({ length: 20 }, () => fraud.port.scoreOrder(order)));

    expect(new Set(scores.map(({ score }) => score)).size).toBe(1);
    expect(await fraud.port.scoreOrder(order)).toEqual(scores[0]);
  });

  test('an amount of any size is understood', async () => {
    const order = anOrderToScore({ payer: 'card', total: pounds(9_223_372_036_854_775_807n) });

    expect(await fraud.port.scoreOrder(order)).toMatchObject({ reasons: expect.arrayContaining(['large-total']) });
  });

  test('an order that costs less than nothing is refused', async () => {
    const order = anOrderToScore({ total: pounds(-1n) });

    await expect(fraud.port.scoreOrder(order)).rejects.toMatchObject({
      code: NegativeTotal.code,
      orderId: order.orderId,
      total: pounds(-1n),
    });
  });
}
