import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type RunningLibrary, startLibrary } from './library/running-library.js';

const ADDED = {
  bookId: 'b1',
  title: 'Book b1',
  price: { amountMinor: '1250', currency: 'EUR' },
  copies: '3',
  addedAt: '2026-11-20T12:00:00.000Z',
};

describe('Routes of a contract', () => {
  let library: RunningLibrary;
  beforeAll(async () => {
    library = await startLibrary();
  });
  afterAll(() => library.app.close());
  beforeEach(() => {
    library.service.books.clear();
    library.service.searches.length = 0;
  });

  test('a POST command takes its input from the body and answers 201 with the encoded output', async () => {
    const response = await library.addBook('b1');
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual(ADDED);
    expect(library.service.books.get('b1')).toMatchObject({ copies: 3n, addedAt: expect.any(Date) });
  });

  test('a POST command that is declared to make nothing new answers 200', async () => {
    const response = await library.post('/api/library/misbehave', { how: 'not at all' });
    expect([response.status, await response.json()]).toEqual([200, { done: true }]);
  });

  test('a query takes a path parameter and answers 200', async () => {
    await library.addBook('b1');
    const response = await library.request('/api/library/books/b1');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual(ADDED);
  });

  test('a path parameter is decoded and coerced to the type of the input', async () => {
    await library.addBook('a/b c');
    expect(await (await library.request('/api/library/books/a%2Fb%20c')).json()).toMatchObject({ bookId: 'a/b c' });
    expect(await (await library.request('/api/library/floors/-2')).json()).toEqual({ floor: -2, books: 1 });
  });

  test('a query string is coerced by the input schema, lists by repetition, and unknown names are ignored', async () => {
    const query = 'text=12&minCopies=7&inPrint=true&tag=5&tag=x&year=1999&utm_source=mail&limit=2';
    const response = await library.request(`/api/library/books?${query}`);
    expect(response.status).toBe(200);
    expect(library.service.searches).toEqual([
      { text: '12', minCopies: 7, inPrint: true, tag: ['5', 'x'], year: [1999], limit: 2 },
    ]);
  });

  test('a page names the next one in a Link header, and the last page does not', async () => {
    for (const id of ['b1', 'b2', 'b3']) await library.addBook(id);
    const first = await library.request('/api/library/books?limit=2&text=Book');
    const link = first.headers.get('link');
    expect(link).toBe('</api/library/books?limit=2&text=Book&cursor=2>; rel="next"');
    const next = await library.request(link!.slice(1, link!.indexOf('>')));
    expect(await next.json()).toMatchObject({ items: [{ bookId: 'b3' }] });
    expect(next.headers.get('link')).toBeNull();
  });

  test('a PATCH merges path and body; a value that stands in both must be the same', async () => {
    await library.addBook('b1');
    const patch = (body: unknown) =>
      library.request('/api/library/books/b1', {
        method: 'PATCH',
        headers: { 'content-type': 'application/merge-patch+json' },
        body: JSON.stringify(body),
      });
    expect((await patch({ title: 'New' })).status).toBe(200);
    expect((await patch({ bookId: 'b1', title: 'Newer' })).status).toBe(200);
    const conflict = await patch({ bookId: 'b2', title: 'Newest' });
    expect(conflict.status).toBe(400);
    expect(await conflict.json()).toMatchObject({
      issues: [{ pointer: '/bookId', message: 'differs from the same value in the path' }],
    });
    expect(library.service.books.get('b1')?.title).toBe('Newer');
  });

  test('a command without an answer gives 204, a task 202', async () => {
    await library.addBook('b1');
    const removed = await library.request('/api/library/books/b1', { method: 'DELETE' });
    expect([removed.status, await removed.text()]).toEqual([204, '']);
    const reminded = await library.post('/api/library/books/b1/reminders', { reader: 'r1' });
    expect([reminded.status, await reminded.text()]).toEqual([202, '']);
    expect(library.service.reminders).toEqual([{ bookId: 'b1', reader: 'r1' }]);
  });

  test('the query string of a command is ignored, so that a link to it cannot carry its input', async () => {
    const response = await library.request('/api/library/misbehave?how=log', { method: 'POST' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ issues: [{ pointer: '/how' }] });
  });

  test('HEAD answers like GET without a body', async () => {
    await library.addBook('b1');
    const response = await library.request('/api/library/books/b1', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});
