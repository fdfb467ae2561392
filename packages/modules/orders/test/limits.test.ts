import { expect, test } from '@jest/globals';
import { decodeInput, InvalidInput } from '@macrolith/contract';
import { Orders } from '../src/index.js';

const order = { customerId: '17850', accountId: '17850', lines: [{ productId: '71053', quantity: 1 }] };
const placing = (changes: object) => () => decodeInput(Orders.op.place, { ...order, ...changes });
const lines = (count: number) => Array.from({ length: count }, (_, n) => ({ productId: `P${n}`, quantity: 1 }));

test.each([
  ['an order without lines', { lines: [] }],
  ['an order of 1,001 lines', { lines: lines(1001) }],
  ['no pieces', { lines: [{ productId: '71053', quantity: 0 }] }],
  ['fewer than no pieces', { lines: [{ productId: '71053', quantity: -1 }] }],
  ['half a piece', { lines: [{ productId: '71053', quantity: 0.5 }] }],
  ['more than a million pieces', { lines: [{ productId: '71053', quantity: 1_000_001 }] }],
  ['pieces as text', { lines: [{ productId: '71053', quantity: '1' }] }],
  ['an address that is none', { email: 'ada' }],
  ['an address that adds a header', { email: 'ada@example.com\r\nBcc: eve@example.com' }],
  ['a blank reference', { reference: ' ' }],
  ['a blank country', { country: ' ' }],
  ['a country of 65 characters', { country: 'X'.repeat(65) }],
  ['a reference that PostgreSQL cannot store', { reference: 'a\u0000' }],
  ['nobody', { customerId: '' }],
])('%s is refused', (_what, changes) => {
  expect(placing(changes)).toThrow(InvalidInput);
});

test('an order of a thousand lines of a million pieces is read', () => {
  const many = lines(1000).map((line) => ({ ...line, quantity: 1_000_000 }));

  expect(placing({ lines: many, email: 'ada@example.com', reference: '536365' })).not.toThrow();
});

test.each(['1', "' OR 1=1", ''])('%j is no id of an order', (orderId) => {
  expect(() => decodeInput(Orders.op.getOrder, { orderId })).toThrow(InvalidInput);
});
