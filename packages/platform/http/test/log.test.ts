import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { HttpModule } from '../src/index.js';
import { type RunningLibrary, startLibrary } from './library/running-library.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const traced = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` };

describe('The log', () => {
  let library: RunningLibrary;
  beforeAll(async () => {
    library = await startLibrary({ imports: [HttpModule.forRoot({ title: 'Town library' })] });
  });
  afterAll(() => library.app.close());
  beforeEach(() => {
    library.lines.length = 0;
  });

  async function requestLine(): Promise<Record<string, any>> {
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const line = library.lines.find(({ msg }) => msg === 'request');
      if (line !== undefined) return line;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('No request was logged.');
  }

  test('has one line for a request: method, route, status, duration and trace', async () => {
    await library.request('/api/library/books/b1?token=hunter2', { headers: traced });
    expect(await requestLine()).toMatchObject({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
      method: 'GET',
      path: '/api/library/books/b1',
      route: '/api/library/books/:bookId',
      status: 404,
      problem: 'library.book-not-found',
      traceId: TRACE,
      durationMs: expect.any(Number),
    });
  });

  test('gives the trace to every line that a module writes meanwhile, and keeps secrets out of all of them', async () => {
    const headers = { ...traced, authorization: 'Bearer top.secret', cookie: 'sid=hunter2' };
    await library.post('/api/library/misbehave', { how: 'log' }, headers);
    await requestLine();
    const lent = library.lines.find(({ msg }) => msg === 'lending');
    expect(lent).toMatchObject({ level: 'info', context: 'Library', traceId: TRACE, password: '[redacted]' });
    const failed = library.lines.find(({ err }) => err !== undefined);
    expect(failed).toMatchObject({ level: 'error', traceId: TRACE, err: { type: 'Error', stack: expect.any(String) } });
    expect(failed?.msg).toBe('refused by postgres://app:[redacted]@db/main');
    expect(library.logText()).not.toMatch(/hunter2|abc\.def|sid=|tok-1|s3cret|top\.secret/);
  });

  test('has an error line with the cause for a failure that the client is told nothing about', async () => {
    await library.post('/api/library/misbehave', { how: 'throw' }, traced);
    expect(await requestLine()).toMatchObject({ level: 'error', status: 500, traceId: TRACE });
    const failed = library.lines.find(({ msg }) => msg === 'request failed');
    expect(failed).toMatchObject({ traceId: TRACE, err: { type: 'UnexpectedError', cause: { type: 'Error' } } });
    expect(JSON.stringify(failed)).not.toContain('hunter2');
  });

  test('tells of health checks at debug level only', async () => {
    await library.request('/health/live');
    expect(await requestLine()).toMatchObject({ level: 'debug', status: 200 });
  });
});
