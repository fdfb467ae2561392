import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api } from '../../kit/api/api.js';
import { ApiProblem } from '../../kit/api/api-problem.js';
import { path, withQuery } from '../../kit/api/path.js';

let server: Server;
let base: string;
const requests: IncomingMessage[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request);
    if (request.url === '/slow') return;
    if (request.url === '/none') {
      response.writeHead(204).end();
    } else if (request.url === '/refused') {
      response.writeHead(422, { 'content-type': 'application/problem+json' }).end(
        JSON.stringify({
          type: 'urn:macrolith:problem:inventory.out-of-stock',
          title: 'Out of stock',
          status: 422,
          detail: '2 of P-1 are left.',
          code: 'inventory.out-of-stock',
          traceId: 'abc',
          productId: 'P-1',
          available: 2,
          issues: [{ pointer: '/lines/0/quantity', message: 'Too many.' }],
        }),
      );
    } else if (request.url === '/html') {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ url: request.url }));
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('The API client', () => {
  test('sends a query without what is empty', async () => {
    const answer = await api.get<{ url: string }>(`${base}/list`, {
      query: { q: 'tea cup', cursor: undefined, all: '' },
    });

    expect(answer.url).toBe('/list?q=tea+cup');
  });

  test('sends the idempotency key that it is given, or a new one each time', async () => {
    requests.length = 0;
    await api.post(`${base}/a`, {}, { idempotencyKey: 'mine' });
    await api.post(`${base}/a`, {}, { idempotencyKey: true });
    await api.post(`${base}/a`, {}, { idempotencyKey: true });
    await api.post(`${base}/a`);

    const keys = requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([
      'mine',
      expect.stringMatching(/^[0-9a-f]{32}$/),
      expect.stringMatching(/^[0-9a-f]{32}$/),
      undefined,
    ]);
    expect(keys[1]).not.toBe(keys[2]);
  });

  test('answers a command without a result with nothing', async () => {
    expect(await api.delete(`${base}/none`)).toBeUndefined();
  });

  test('turns problem details into an error with the fields of the declared one, and issues named as form fields are', async () => {
    const problem = (await api.get(`${base}/refused`).catch((error: unknown) => error)) as ApiProblem;

    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem.is('inventory.out-of-stock')).toBe(true);
    expect(problem).toMatchObject({
      status: 422,
      title: 'Out of stock',
      detail: '2 of P-1 are left.',
      message: '2 of P-1 are left.',
      traceId: 'abc',
      fields: { productId: 'P-1', available: 2 },
      issues: [{ path: 'lines.0.quantity', message: 'Too many.' }],
    });
  });

  test('makes a problem of an answer that is none', async () => {
    await expect(api.get(`${base}/html`)).rejects.toMatchObject({ code: 'http-502', status: 502, issues: [] });
  });

  test('says that no answer came', async () => {
    await expect(api.get('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'network', status: 0 });
  });

  test('rejects an aborted call with the reason of the abort', async () => {
    const abort = new AbortController();
    const call = api.get(`${base}/slow`, { signal: abort.signal });
    abort.abort();

    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('A path', () => {
  test('encodes its values', () => {
    expect(path`/api/catalog/products/${'a/b?c'}/prices/${7}`).toBe('/api/catalog/products/a%2Fb%3Fc/prices/7');
  });

  test('without query parameters stays as it is', () => {
    expect(withQuery('/catalog', { q: '' })).toBe('/catalog');
  });
});
