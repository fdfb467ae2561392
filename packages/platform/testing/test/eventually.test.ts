import { describe, expect, test } from '@jest/globals';
import { DidNotHappen, eventually } from '../src/index.js';

const SHORT = { withinMs: 60, everyMs: 5 };

describe('eventually', () => {
  test('looks until what it sees is accepted, and answers with that', async () => {
    let looks = 0;

    const seen = await eventually(
      'The third look',
      () => ++looks,
      (count) => count === 3,
      SHORT,
    );

    expect([seen, looks]).toEqual([3, 3]);
  });

  test('does not wait for what is there already', async () => {
    const seen = await eventually(
      'It',
      async () => 'there',
      () => true,
      { withinMs: 0 },
    );

    expect(seen).toBe('there');
  });

  test('gives up in time, and says what it saw last', async () => {
    const last = { at: new Date(0), amountMinor: 5n, tags: new Map([['new', true]]) };

    const failure = await eventually(
      'The payment',
      () => last,
      () => false,
      SHORT,
    ).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(DidNotHappen);
    expect(failure).toMatchObject({ what: 'The payment', withinMs: 60, lastSeen: last });
    expect((failure as Error).message).toBe(
      "The payment did not happen within 60 ms. Last seen: { at: 1970-01-01T00:00:00.000Z, amountMinor: 5n, tags: Map(1) { 'new' => true } }",
    );
  });

  test('shortens what is too long to read, and can show what refers to itself', async () => {
    const ring: Record<string, unknown> = { text: 'long '.repeat(1_000) };
    ring.self = ring;

    const failure = await eventually(
      'It',
      () => ring,
      () => false,
      SHORT,
    ).catch((error: Error) => error.message);

    expect(failure).toMatch(/^It did not happen.*long long.*…$/);
    expect((failure as string).length).toBeLessThan(1_100);
  });

  test('passes an error on at once', async () => {
    const look = () => Promise.reject(new Error('the table is gone'));

    await expect(eventually('It', look, () => true, SHORT)).rejects.toThrow('the table is gone');
  });
});
