import { expect, test } from '@jest/globals';

test('a clone is made of this realm’s own objects', () => {
  const clone = structuredClone({
    at: new Date(0),
    prices: new Map([['lamp', 5n]]),
    tags: new Set(['new']),
    failure: new RangeError('too much'),
    list: [{ missing: undefined }],
  });

  expect(clone.at).toBeInstanceOf(Date);
  expect(clone.prices).toBeInstanceOf(Map);
  expect(clone.tags).toBeInstanceOf(Set);
  expect(clone.failure).toBeInstanceOf(RangeError);
  expect(clone.list).toBeInstanceOf(Array);
  expect(clone).toStrictEqual({
    at: new Date(0),
    prices: new Map([['lamp', 5n]]),
    tags: new Set(['new']),
    failure: new RangeError('too much'),
    list: [{ missing: undefined }],
  });
});

test('values without a realm, and what refers to itself, are cloned too', () => {
  const ring: { self?: unknown } = {};
  ring.self = ring;

  const clone = structuredClone(ring);

  expect(clone.self).toBe(clone);
  expect([undefined, null, 1n, 'text'].map((value) => structuredClone(value))).toEqual([undefined, null, 1n, 'text']);
});

test('what cannot be cloned is refused, and the next clone is right again', () => {
  expect(() => structuredClone(() => {})).toThrow('could not be cloned');

  expect(structuredClone('next')).toBe('next');
});

test('what is transferred is not copied', () => {
  const buffer = new ArrayBuffer(8);

  const moved = structuredClone(buffer, { transfer: [buffer] });

  expect([moved.byteLength, buffer.byteLength]).toEqual([8, 0]);
});
