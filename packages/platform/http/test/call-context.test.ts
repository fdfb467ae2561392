import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { IdempotencyStore } from '@macrolith/core';
import type { MemoryIdempotencyStore } from './library/memory-platform.js';
import { type RunningLibrary, startLibrary } from './library/running-library.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

describe('The call context of a request', () => {
  let library: RunningLibrary;
  beforeAll(async () => {
    library = await startLibrary({ requestTimeoutMs: 20_000 });
  });
  afterAll(() => library.app.close());

  async function contextOf(headers: Record<string, string> = {}) {
    const response = await library.request('/api/library/context', { headers });
    const seen = (await response.json()) as { traceparent: string; locale?: string; secondsLeft: number };
    return { seen, answered: response.headers.get('traceparent') };
  }

  test("continues the caller's trace with a span of its own, and answers with it", async () => {
    const { seen, answered } = await contextOf({ traceparent: `00-${TRACE}-${PARENT}-01` });
    expect(seen.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    expect(seen.traceparent).not.toContain(PARENT);
    expect(answered).toBe(seen.traceparent);
  });

  test.each([
    ['no header', {}],
    ['a header that is no trace', { traceparent: 'hello' }],
    ['a trace of zeros', { traceparent: `00-${'0'.repeat(32)}-${PARENT}-01` }],
    ['the forbidden version', { traceparent: `ff-${TRACE}-${PARENT}-01` }],
    ['more fields than version 00 has', { traceparent: `00-${TRACE}-${PARENT}-01-extra` }],
  ])('starts a trace for %s', async (_what, headers) => {
    const { seen } = await contextOf(headers as Record<string, string>);
    expect(seen.traceparent).toMatch(/^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(seen.traceparent).not.toContain(TRACE);
  });

  test('reads a later version of the header', async () => {
    const { seen } = await contextOf({ traceparent: `01-${TRACE}-${PARENT}-01-future` });
    expect(seen.traceparent).toContain(TRACE);
  });

  test('has a deadline and the most wanted language', async () => {
    const { seen } = await contextOf({ 'accept-language': 'en;q=0.5, *;q=0.9, x_y, de-at, fr;q=0' });
    expect(seen.secondsLeft).toBeGreaterThan(15);
    expect(seen.secondsLeft).toBeLessThanOrEqual(20);
    expect(seen.locale).toBe('de-AT');
    expect((await contextOf({ 'accept-language': '*' })).seen.locale).toBeUndefined();
  });

  test('keeps requests that run at the same time apart', async () => {
    const traces = Array.from({ length: 20 }, (_, index) => index.toString(16).padStart(32, 'a'));
    const seen = await Promise.all(traces.map((trace) => contextOf({ traceparent: `00-${trace}-${PARENT}-00` })));
    expect(seen.map((each) => each.seen.traceparent.slice(3, 35))).toEqual(traces);
  });
});

describe('An idempotency key', () => {
  let library: RunningLibrary;
  beforeAll(async () => {
    library = await startLibrary();
  });
  afterAll(() => library.app.close());
  const add = (bookId: string, key: string) =>
    library.post(
      '/api/library/books',
      { bookId, title: 'T', price: { amountMinor: '1', currency: 'EUR' }, copies: '1' },
      { 'idempotency-key': key },
    );

  test('makes a command that is sent again answer as before, bare or quoted', async () => {
    const first = await add('b1', 'k-1');
    const again = await add('b1', '"k-1"');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await again.json()).toEqual(await first.json());
    const store = library.app.get<MemoryIdempotencyStore>(IdempotencyStore as never, { strict: false });
    expect([...store.outcomes.keys()]).toEqual(['library.addBook k-1']);
  });

  test('is refused for another input with 422, and nothing is done', async () => {
    await add('b3', 'k-2');
    const reused = await add('b4', 'k-2');
    expect(reused.status).toBe(422);
    expect(await reused.json()).toMatchObject({ code: 'macrolith.idempotency-key-reused' });
    expect(library.service.books.has('b4')).toBe(false);
  });

  test('means nothing to a query', async () => {
    const response = await library.request('/api/library/context', { headers: { 'idempotency-key': 'not a key' } });
    expect(response.status).toBe(200);
  });
});
