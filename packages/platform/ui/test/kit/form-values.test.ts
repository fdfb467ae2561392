import { describe, expect, test } from '@jest/globals';
import { type FieldRules, readField } from '../../kit/form/field-value.js';
import { nest } from '../../kit/form/form-values.js';

const rules: FieldRules = {
  label: 'Quantity',
  type: 'text',
  required: false,
  currency: 'GBP',
  min: undefined,
  max: undefined,
};

describe('A field', () => {
  test.each([
    ['text', ' Emma ', 'Emma'],
    ['text', '  ', undefined],
    ['integer', '12', 12],
    ['number', '1.5', 1.5],
    ['money', '1.50', { amountMinor: '150', currency: 'GBP' }],
    ['email', 'a@example.com', 'a@example.com'],
  ] as const)('of the type %s reads ‘%s’ as the API takes it', (type, text, value) => {
    expect(readField(text, { ...rules, type })).toEqual({ value });
  });

  test.each([
    ['required', { required: true }, '', 'Enter: quantity.'],
    ['an integer', { type: 'integer' }, '1.5', 'Enter a whole number.'],
    ['a number', { type: 'number' }, 'x', 'Enter a number.'],
    ['at least 1', { type: 'integer', min: 1 }, '0', 'Enter 1 or more.'],
    ['at most 9', { type: 'integer', max: 9 }, '10', 'Enter 9 or less.'],
    ['money', { type: 'money' }, '1.505', 'Enter an amount in GBP, like 12.50.'],
    ['an e-mail address', { type: 'email' }, 'nobody', 'Enter an e-mail address, like name@example.com.'],
  ] as const)('that must be %s says so', (_case, more, text, error) => {
    expect(readField(text, { ...rules, ...more })).toEqual({ error });
  });
});

describe('The fields of a form', () => {
  test('become the object that their names describe, without those left empty', () => {
    const values = nest([
      ['customerId', 'C-1'],
      ['lines.0.productId', 'P-1'],
      ['lines.0.quantity', 2],
      ['lines.1.productId', 'P-2'],
      ['note', undefined],
    ]);

    expect(values).toEqual({
      customerId: 'C-1',
      lines: [{ productId: 'P-1', quantity: 2 }, { productId: 'P-2' }],
    });
  });

  test('cannot reach a prototype', () => {
    expect(() => nest([['__proto__.isAdmin', true]])).toThrow("cannot be named '__proto__'");
  });
});
