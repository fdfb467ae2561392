import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodedValue, encodedValue } from './header-text.js';

test('a value that is printable ASCII stands as it is', () => {
  expect(encodedValue('order-1:"a"')).toBe('order-1:"a"');
});

test('any text comes back as it was, and travels without spaces and line breaks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const encoded = encodedValue(value);
      expect(encoded).toMatch(/^[\x21-\x7e]*$/);
      expect(decodedValue(encoded)).toBe(value.toWellFormed());
    }),
  );
});
