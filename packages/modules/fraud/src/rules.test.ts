import { expect, test } from '@jest/globals';
import { anOrderToScore } from './an-order-to-score.js';
import { scoreOf } from './rules.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });
const { country: _, ...toNowhere } = anOrderToScore();

test.each([
  ['large-total', { ...anOrderToScore(), total: pounds(1_000_000n) }, 15, 50],
  ['many-pieces', { ...anOrderToScore(), pieces: 1_000 }, 15, 30],
  ['no-country', toNowhere, 5, 10],
])('%s speaks against an order, and more so where a card pays', (reason, order, byAccount, byCard) => {
  expect(scoreOf({ ...order, payer: 'account' })).toEqual({ score: byAccount, reasons: [reason] });
  expect(scoreOf({ ...order, payer: 'card' })).toEqual({ score: byCard, reasons: [reason] });
});

test.each([
  ['9,999.99', { total: pounds(999_999n) }],
  ['999 pieces', { pieces: 999 }],
])('%s is not much', (_what, changes) => {
  expect(scoreOf(anOrderToScore({ payer: 'card', ...changes }))).toEqual({ score: 0, reasons: [] });
});

test('what speaks against an order adds up', () => {
  expect(scoreOf({ ...toNowhere, payer: 'card', total: pounds(1_000_000n), pieces: 1_000 })).toEqual({
    score: 90,
    reasons: ['large-total', 'many-pieces', 'no-country'],
  });
});
