import { expect, test } from '@jest/globals';
import { decodeInput, InvalidInput } from '@macrolith/contract';
import { Payments } from '../src/index.js';

const method = { type: 'account', accountId: '17850' };
const authorising = (changes: object) => () =>
  decodeInput(Payments.op.authorise, {
    orderId: 'o',
    method,
    amount: { amountMinor: '1', currency: 'GBP' },
    ...changes,
  });
const depositing = (amountMinor: string) => () =>
  decodeInput(Payments.op.deposit, { accountId: '17850', amount: { amountMinor, currency: 'GBP' }, reference: 'r' });

test.each([
  ['a negative amount', { amount: { amountMinor: '-1', currency: 'GBP' } }],
  ['an amount of more than a trillion', { amount: { amountMinor: '1000000000001', currency: 'GBP' } }],
  ['an amount with decimals', { amount: { amountMinor: '1.5', currency: 'GBP' } }],
  ['an amount in no currency', { amount: { amountMinor: '1', currency: 'pound' } }],
  ['a method that does not exist', { method: { type: 'card', number: '4111' } }],
  ['an account id that is a sentence', { method: { type: 'account', accountId: "x' OR 1=1 --" } }],
  ['a blank order', { orderId: ' ' }],
  ['an order that PostgreSQL cannot store', { orderId: 'a\u0000' }],
])('%s is refused', (_what, changes) => {
  expect(authorising(changes)).toThrow(InvalidInput);
});

test('nothing can be paid, and cannot be deposited', () => {
  expect(authorising({ amount: { amountMinor: '0', currency: 'GBP' } })).not.toThrow();
  expect(depositing('0')).toThrow(InvalidInput);
});

test('a cursor that no page handed out is refused', () => {
  expect(() => decodeInput(Payments.op.listPayments, { cursor: "'; DROP TABLE" })).toThrow(InvalidInput);
});
