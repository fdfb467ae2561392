import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HttpModule } from '../src/index.js';
import { type RunningLibrary, startLibrary } from './library/running-library.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const book = (changes: object) =>
  JSON.stringify({ bookId: 'b1', title: 'T', price: { amountMinor: '1', currency: 'EUR' }, copies: '1', ...changes });

interface BadRequest {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const CASES: [what: string, request: BadRequest, status: number, code: string][] = [
  ['malformed JSON', { body: '{"bookId": ' }, 400, 'malformed-json'],
  ['bytes that are not UTF-8', { body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]) }, 400, 'malformed-json'],
  ['no body', {}, 400, 'invalid-input'],
  ['an array for an object', { body: '[]' }, 400, 'invalid-input'],
  ['a text for an object', { body: '"book"' }, 400, 'invalid-input'],
  ['null', { body: 'null' }, 400, 'invalid-input'],
  ['a wrong type', { body: book({ title: 7 }) }, 400, 'invalid-input'],
  ['a negative amount', { body: book({ copies: '-1' }) }, 400, 'invalid-input'],
  ['a huge amount', { body: book({ copies: '9'.repeat(900) }) }, 400, 'invalid-input'],
  ['an endless amount', { body: book({ copies: '9'.repeat(100_000) }) }, 400, 'invalid-input'],
  ['a number beyond all numbers', { body: book({}).replace('"T"', '1e999') }, 400, 'invalid-input'],
  ['a key __proto__', { body: book({}).replace('{', '{"__proto__":{"admin":true},') }, 400, 'invalid-input'],
  ['an escaped key __proto__', { body: book({}).replace('{', '{"__pr\\u006fto__":1,') }, 400, 'invalid-input'],
  ['a key constructor, deep inside', { body: book({ price: { constructor: {} } }) }, 400, 'invalid-input'],
  ['a NUL character', { body: book({ title: 'a\0b' }) }, 400, 'invalid-input'],
  ['a NUL character in a key', { body: book({ 'a\0b': 1 }) }, 400, 'invalid-input'],
  ['half of a surrogate pair', { body: book({}).replace('"T"', '"\\ud800"') }, 400, 'invalid-input'],
  ['very deep nesting', { body: '['.repeat(100_000) + ']'.repeat(100_000) }, 400, 'invalid-input'],
  ['deep nesting', { body: `${'['.repeat(100)}1${']'.repeat(100)}` }, 400, 'invalid-input'],
  ['ten megabytes', { body: book({ title: 'x'.repeat(10_000_000) }) }, 413, 'body-too-large'],
  [
    'a form',
    { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    415,
    'unsupported-media-type',
  ],
  ['plain text', { body: book({}), headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
  ['a body without a type', { body: new TextEncoder().encode(book({})), headers: {} }, 415, 'unsupported-media-type'],
  [
    'a compressed body',
    { body: 'x', headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
    415,
    'unsupported-content-encoding',
  ],
  ['a nonsense type', { body: book({}), headers: { 'content-type': ';;' } }, 415, 'unsupported-media-type'],
  [
    'an empty idempotency key',
    { body: book({}), headers: { ...JSON_TYPE, 'idempotency-key': '' } },
    400,
    'invalid-idempotency-key',
  ],
  [
    'a key with a space',
    { body: book({}), headers: { ...JSON_TYPE, 'idempotency-key': 'a b' } },
    400,
    'invalid-idempotency-key',
  ],
  [
    'a key that is too long',
    { body: book({}), headers: { ...JSON_TYPE, 'idempotency-key': 'k'.repeat(256) } },
    400,
    'invalid-idempotency-key',
  ],
  ['a wrong type in the query', { method: 'GET', path: '/books?limit=ten' }, 400, 'invalid-input'],
  ['a fraction in the query', { method: 'GET', path: '/books?limit=1.5' }, 400, 'invalid-input'],
  ['a number out of range', { method: 'GET', path: '/books?limit=1000' }, 400, 'invalid-input'],
  ['a value twice', { method: 'GET', path: '/books?text=a&text=b' }, 400, 'invalid-input'],
  ['an empty number', { method: 'GET', path: '/books?limit=' }, 400, 'invalid-input'],
  ['a NUL character in the query', { method: 'GET', path: '/books?text=a%00b' }, 400, 'invalid-input'],
  ['a NUL character in a list', { method: 'GET', path: '/books?tag=a&tag=b%00' }, 400, 'invalid-input'],
  ['a NUL character in the path', { method: 'GET', path: '/books/a%00b' }, 400, 'invalid-input'],
  ['a path that is not percent-encoded', { method: 'GET', path: '/books/%zz' }, 400, 'malformed-url'],
  ['a path that is not UTF-8', { method: 'GET', path: '/books/%ff' }, 400, 'malformed-url'],
  ['a wrong type in the path', { method: 'GET', path: '/floors/first' }, 400, 'invalid-input'],
  ['a long id', { method: 'GET', path: `/books/${'x'.repeat(2_000)}` }, 414, 'url-too-long'],
  ['a long URL', { method: 'GET', path: `/books?text=${'x'.repeat(9_000)}` }, 414, 'url-too-long'],
  ['an unknown id', { method: 'GET', path: "/books/';drop table book;--" }, 404, 'library.book-not-found'],
  ['an empty id', { method: 'GET', path: '/books/' }, 404, 'route-not-found'],
];

describe('Bad input', () => {
  let library: RunningLibrary;
  beforeAll(async () => {
    library = await startLibrary({ imports: [HttpModule.forRoot({ title: 'Town library' })] });
  });
  afterAll(() => library.app.close());
  afterEach(() => {
    expect(library.service.books.size).toBe(0);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test.each(CASES)('%s gets the right problem', async (_what, request, status, code) => {
    const { path = '/books', method = 'POST', headers = JSON_TYPE, body } = request;
    const response = await library.request(`/api/library${path}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    const document = (await response.json()) as Record<string, unknown>;
    expect([response.status, document.code]).toEqual([status, code.includes('.') ? code : `macrolith.${code}`]);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(document).toMatchObject({
      status,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      detail: expect.any(String),
    });
    expect(JSON.stringify(document)).not.toMatch(/node_modules|\.ts:|\.js:|at Object/);
    expect(JSON.stringify(document).length).toBeLessThan(5_000);
  });

  test('SQL in a text is a text', async () => {
    const text = "'; drop table book; --";
    const response = await library.request(`/api/library/books?text=${encodeURIComponent(text)}`);
    expect(response.status).toBe(200);
    expect(library.service.searches.at(-1)).toEqual({ text });
  });

  test('headers that are too large get 431, and bytes that are no HTTP get 400, each as a problem', async () => {
    const huge = await raw(
      library.url,
      `GET /api/library/books HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`,
    );
    expect(huge).toMatch(/^HTTP\/1\.1 431 .*application\/problem\+json.*"code":"macrolith.headers-too-large"/s);
    const garbage = await raw(library.url, 'BOO\x01 / HTTP/9\r\n\r\n');
    expect(garbage).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json.*"code":"macrolith.malformed-request"/s);
  });

  test('a state-changing request that a browser sends from another site is refused', async () => {
    const response = await library.post('/api/library/misbehave', { how: 'ok' }, { 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'macrolith.forbidden' });
  });

  test('no JSON whatever makes the server fail', async () => {
    const value = fc.oneof(fc.json({ maxDepth: 6 }), fc.json({ stringUnit: 'binary' }), fc.string({ unit: 'binary' }));
    const field = fc.constantFrom('bookId', 'title', 'price', 'copies', 'toString', 'how', 'hasOwnProperty');
    const body = fc.oneof(
      value,
      fc.dictionary(field, fc.jsonValue(), { noNullPrototype: true }).map((fields) => JSON.stringify(fields)),
    );
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom('/books', '/books/b1/reminders'), async (text, path) => {
        const response = await library.post(`/api/library${path}`, text);
        await response.arrayBuffer();
        library.service.books.clear();
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 400 },
    );
  });

  test('no query string whatever makes the server fail', async () => {
    const name = fc.oneof(fc.constantFrom('text', 'limit', 'tag', 'year', 'inPrint', '__proto__'), fc.string());
    const pairs = fc.array(fc.tuple(name, fc.string({ unit: 'binary' })), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(pairs, async (given) => {
        const query = given.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&');
        const response = await library.request(`/api/library/books?${query}`);
        await response.arrayBuffer();
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });
});

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Sends bytes as they are, and resolves to all that comes back. */
function raw(url: string, text: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.on('close', () => resolve(answer));
  socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
  return promise;
}
