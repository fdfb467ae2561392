import { expect, test } from '@jest/globals';
import { declineReason, type PayingAccount } from './decline-reason.js';

const account: PayingAccount = {
  status: 'open',
  currency: 'GBP',
  balanceMinor: 1000n,
  heldMinor: 400n,
  limitMinor: 500n,
};
const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });

test('an account pays what it has available, to the last penny', () => {
  expect(declineReason({ ...account, limitMinor: null }, pounds(600n))).toBeUndefined();
});

test('what is held for other payments cannot be spent again', () => {
  expect(declineReason({ ...account, limitMinor: null }, pounds(601n))).toBe('insufficient-funds');
});

test('the limit for one payment may be reached, and not passed', () => {
  expect(declineReason(account, pounds(500n))).toBeUndefined();
  expect(declineReason(account, pounds(501n))).toBe('over-limit');
});

test('an account pays in its own currency only', () => {
  expect(declineReason(account, { amountMinor: 1n, currency: 'EUR' })).toBe('currency-mismatch');
});

test('a closed account pays nothing', () => {
  expect(declineReason({ ...account, status: 'closed' }, pounds(1n))).toBe('account-closed');
});

test('nothing can be paid from an account that has nothing', () => {
  const empty = { ...account, balanceMinor: 0n, heldMinor: 0n };

  expect(declineReason(empty, pounds(0n))).toBeUndefined();
  expect(declineReason(empty, pounds(1n))).toBe('insufficient-funds');
});

test('the reason that lasts longest is told first', () => {
  const euros = { amountMinor: 9999n, currency: 'EUR' };

  expect(declineReason({ ...account, status: 'closed' }, euros)).toBe('account-closed');
  expect(declineReason(account, euros)).toBe('currency-mismatch');
  expect(declineReason(account, pounds(9999n))).toBe('over-limit');
});
