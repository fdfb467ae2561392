import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { type RunningLibrary, startLibrary } from './library/running-library.js';

const BOOK = { bookId: 'b1', title: 'Solaris', price: { amountMinor: '1250', currency: 'EUR' }, copies: '3' };

describe('Problem documents', () => {
  let library: RunningLibrary;
  beforeAll(async () => {
    library = await startLibrary();
  });
  afterAll(() => library.app.close());
  beforeEach(() => library.service.books.clear());

  async function problem(response: Response | Promise<Response>) {
    const answered = await response;
    expect(answered.headers.get('content-type')).toBe('application/problem+json');
    const document = (await answered.json()) as Record<string, any>;
    expect(document.status).toBe(answered.status);
    return document;
  }

  test('tell a declared error with its kind as status, its code, message and fields', async () => {
    const document = await problem(library.request('/api/library/books/nope?x=secret'));
    expect(document).toEqual({
      type: 'urn:macrolith:problem:library.book-not-found',
      title: 'Book not found',
      status: 404,
      detail: 'There is no book nope.',
      instance: '/api/library/books/nope',
      code: 'library.book-not-found',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      bookId: 'nope',
    });
  });

  test('carry fields in wire form', async () => {
    const dear = { ...BOOK, price: { amountMinor: '100001', currency: 'EUR' } };
    expect(await problem(library.post('/api/library/books', dear))).toMatchObject({
      status: 422,
      code: 'library.too-dear',
      limit: { amountMinor: '100000', currency: 'EUR' },
      since: '1970-01-01T00:00:00.000Z',
    });
  });

  test('map conflict to 409 and denied to 403', async () => {
    await library.post('/api/library/books', BOOK);
    expect(await problem(library.post('/api/library/books', BOOK))).toMatchObject({ status: 409 });
    const forbidden = { ...BOOK, bookId: 'b2', title: 'forbidden' };
    expect(await problem(library.post('/api/library/books', forbidden))).toMatchObject({ status: 403 });
  });

  test('name every issue of an input by JSON Pointer, without repeating the value', async () => {
    const wrong = { ...BOOK, title: '', price: { amountMinor: 'hunter2', currency: 'euro' }, copies: 3 };
    const document = await problem(library.post('/api/library/books', wrong));
    expect(document).toMatchObject({ status: 400, code: 'macrolith.invalid-input' });
    expect(document.issues.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/copies',
      '/price/amountMinor',
      '/price/currency',
      '/title',
    ]);
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });

  test('tell an unknown path from a method that a path does not take', async () => {
    expect(await problem(library.request('/api/library/films'))).toMatchObject({
      status: 404,
      code: 'macrolith.route-not-found',
    });
    const wrong = await library.request('/api/library/books/b1', { method: 'PUT' });
    expect(wrong.headers.get('allow')).toBe('DELETE, GET, HEAD, PATCH');
    expect(await problem(wrong)).toMatchObject({ status: 405, code: 'macrolith.method-not-allowed' });
  });

  test.each([
    ['an error of the code', 'throw', 500, 'macrolith.unexpected-error'],
    ["another operation's domain error", 'undeclared', 500, 'macrolith.unexpected-error'],
    ['an answer that breaks the contract', 'lie', 500, 'macrolith.unexpected-error'],
    ['a violated constraint of the database', 'constraint', 500, 'macrolith.unexpected-error'],
    ['a deadlock', 'database', 503, 'macrolith.contention'],
    ['which version of a module is there', 'older', 503, 'macrolith.unknown-operation'],
    ['where a module is that cannot be reached', 'away', 503, 'macrolith.remote-unavailable'],
  ])('keep %s inside, and the log has it', async (_what, how, status, code) => {
    library.lines.length = 0;
    const document = await problem(library.post('/api/library/misbehave', { how }));
    expect(document).toMatchObject({ status, code });
    expect(Object.keys(document).sort()).toEqual(['code', 'detail', 'instance', 'status', 'title', 'traceId', 'type']);
    expect(JSON.stringify(document)).not.toMatch(/hunter2|deadlock detected|duplicate key|\.ts|hidden/);
    const logged = library.lines.find(({ traceId, err }) => traceId === document.traceId && err !== undefined);
    expect(logged?.err.stack).toContain('at ');
  });
});

describe('Beside pages at every other address', () => {
  let library: RunningLibrary;
  beforeAll(async () => {
    @Module({})
    class Pages implements OnModuleInit {
      constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

      onModuleInit() {
        const fastify: FastifyInstance = this.host.httpAdapter.getInstance();
        fastify.get('/*', async (request, reply) =>
          request.headers.accept?.includes('text/html') ? reply.type('text/html').send('<p>') : reply.callNotFound(),
        );
      }
    }
    library = await startLibrary({ imports: [Pages] });
  });
  afterAll(() => library.app.close());

  test.each([
    ['GET', '/api/library/films', 404, 'macrolith.route-not-found', null],
    ['POST', '/api/library/films', 404, 'macrolith.route-not-found', null],
    ['GET', '/api/library/books/b1/reminders', 405, 'macrolith.method-not-allowed', 'POST'],
    ['PUT', '/api/library/books/b1', 405, 'macrolith.method-not-allowed', 'DELETE, GET, HEAD, PATCH'],
  ])('a program that asks with %s for %s gets a problem', async (method, path, status, code, allow) => {
    const response = await library.request(path, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([status, allow]);
    expect(await response.json()).toMatchObject({ status, code });
  });
});

describe('Limits', () => {
  let library: RunningLibrary;
  beforeAll(async () => {
    library = await startLibrary({ maxInFlight: 2, bodyLimitBytes: 2_000 });
  });
  afterAll(() => library.app.close());

  test('an answer that takes longer than the deadline is 504, and says how to learn the outcome', async () => {
    const hasty = await startLibrary({ requestTimeoutMs: 300 });
    const response = await hasty.post('/api/library/misbehave', { how: 'hang' });
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({
      code: 'macrolith.deadline-exceeded',
      detail: expect.stringContaining('same Idempotency-Key'),
    });
    await hasty.app.close();
  });

  test('a wish that takes longer is 202, with its run and how to learn the outcome', async () => {
    const response = await library.post('/api/library/misbehave', { how: 'pend' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([202, '2']);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({
      status: 'pending',
      workflow: 'library.lend',
      runId: '0d0c8f1e-0000-8000-8000-000000000000',
      detail: expect.stringContaining('same Idempotency-Key'),
    });
  });

  test('more requests at a time than the limit are 503 with Retry-After, and none is lost afterwards', async () => {
    const gate = Promise.withResolvers<void>();
    library.service.gate = gate.promise;
    const held = [library.addBook('b1'), library.addBook('b2')];
    await library.untilAtTheGate(2);
    const refused = await library.request('/api/library/books');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ code: 'macrolith.overloaded' });
    gate.resolve();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([201, 201]);
    await expectEventually(async () => expect((await library.request('/api/library/books')).status).toBe(200));
  });

  test('a body over the limit is 413, with and without a Content-Length', async () => {
    const body = JSON.stringify({ how: 'x'.repeat(3_000) });
    expect((await library.post('/api/library/misbehave', body)).status).toBe(413);
    const chunked = await library.request('/api/library/misbehave', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob([body]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
    expect(await chunked.json()).toMatchObject({ code: 'macrolith.body-too-large' });
  });
});

async function expectEventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await check();
    } catch (error) {
      if (attempt === 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
