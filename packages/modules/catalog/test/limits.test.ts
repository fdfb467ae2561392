import { expect, test } from '@jest/globals';
import { decodeInput, InvalidInput } from '@macrolith/contract';
import { Catalog } from '../src/index.js';

const product = { productId: '71053', name: 'Lantern', price: { amountMinor: '339', currency: 'GBP' } };
const adding = (changes: object) => () => decodeInput(Catalog.op.addProduct, { ...product, ...changes });

test.each(['85123A', 'POST', 'BANK CHARGES', 'gift_0001_20', '15056bl', 'a', 'v1.2-b', 'x'.repeat(64)])(
  '%j is a product id',
  (productId) => {
    expect(adding({ productId })()).toMatchObject({ productId });
  },
);

test.each(['', ' ', '.', '..', ' A', 'A ', 'A/B', 'A?B', 'A%2F', 'é', 'A\n', 'A\u0000', '-A', "A'--", 'x'.repeat(65)])(
  '%j is no product id',
  (productId) => {
    expect(adding({ productId })).toThrow(InvalidInput);
  },
);

test.each([
  ['a blank name', { name: ' ' }],
  ['a name of two lines', { name: 'a\nb' }],
  ['a name that PostgreSQL cannot store', { name: 'a\u0000' }],
  ['a name of 201 characters', { name: 'x'.repeat(201) }],
  ['a description of 2,001 characters', { description: 'x'.repeat(2001) }],
  ['a description that PostgreSQL cannot store', { description: '\u0000' }],
  ['a negative price', { price: { amountMinor: '-1', currency: 'GBP' } }],
  ['a price of more than ten billion', { price: { amountMinor: '10000000001', currency: 'GBP' } }],
  ['a price in no currency', { price: { amountMinor: '1', currency: 'pound' } }],
  ['a price as a number', { price: { amountMinor: 1, currency: 'GBP' } }],
])('%s is refused', (_what, changes) => {
  expect(adding(changes)).toThrow(InvalidInput);
});

test('a quote is for one to a thousand products', () => {
  const quote = (count: number) => () => decodeInput(Catalog.op.quote, { productIds: Array(count).fill('A') });

  expect(quote(0)).toThrow(InvalidInput);
  expect(quote(1000)).not.toThrow();
  expect(quote(1001)).toThrow(InvalidInput);
});

test('a cursor that no page handed out is refused', () => {
  expect(() => decodeInput(Catalog.op.search, { cursor: '\u0000' })).toThrow(InvalidInput);
});
