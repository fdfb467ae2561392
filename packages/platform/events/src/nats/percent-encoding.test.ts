import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { percentDecoded, percentEncoded } from './percent-encoding.js';

describe('An attribute in a header', () => {
  test('is encoded as the example of the specification has it', () => {
    expect(percentEncoded('Euro € 😀')).toBe('Euro%20%E2%82%AC%20%F0%9F%98%80');
  });

  test.each([
    [
      'every printable ASCII character but three',
      "!#$&'()*+,-./0:;<=>?@A[\\]^_`a{|}~",
      "!#$&'()*+,-./0:;<=>?@A[\\]^_`a{|}~",
    ],
    ['space, quote and percent', ' "%', '%20%22%25'],
    ['what would end a header', 'a\r\nb', 'a%0D%0Ab'],
  ])('is encoded where it must be: %s', (_what, value, encoded) => {
    expect(percentEncoded(value)).toBe(encoded);
  });

  test.each([
    ['in lower case', 'Euro%20%e2%82%ac', 'Euro €'],
    ['without need', '%41%42c', 'ABc'],
    ['in double quotes, as older publishers do', '"say \\"hi\\" %41"', 'say "hi" A'],
    ['once only', '%2541', '%41'],
  ])('is read when it was encoded %s', (_how, encoded, value) => {
    expect(percentDecoded(encoded)).toBe(value);
  });

  test('is refused when its bytes are no UTF-8', () => {
    expect(() => percentDecoded('%C0%A0')).toThrow();
  });

  test('comes back as it was, and travels in printable ASCII without quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const encoded = percentEncoded(value);
        expect(encoded).toMatch(/^[\x21\x23-\x7e]*$/);
        expect(percentDecoded(encoded)).toBe(value);
      }),
    );
  });
});
