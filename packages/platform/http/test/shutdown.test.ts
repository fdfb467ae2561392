import { Agent, get } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Module, type OnModuleDestroy } from '@nestjs/common';
import { HttpModule } from '../src/index.js';
import { type RunningLibrary, startLibrary } from './library/running-library.js';

const http = HttpModule.forRoot({ title: 'Town library' });

describe('Health', () => {
  test('a process that runs is live and ready', async () => {
    const library = await startLibrary({ imports: [http] });
    expect(await (await library.request('/health/live')).json()).toEqual({ status: 'live' });
    const ready = await library.request('/health/ready');
    expect([ready.status, ready.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await ready.json()).toEqual({ status: 'ready' });
    await library.app.close();
  });
});

describe('A graceful shutdown', () => {
  let library: RunningLibrary | undefined;
  afterEach(() => library?.app.close());

  test('says that it drains, finishes what is in flight, and takes providers down only afterwards', async () => {
    let booksAtDestruction: number | undefined;
    @Module({})
    class Witness implements OnModuleDestroy {
      onModuleDestroy() {
        booksAtDestruction = library?.service.books.size;
      }
    }
    library = await startLibrary({ imports: [http, Witness] });
    const gate = Promise.withResolvers<void>();
    library.service.gate = gate.promise;
    const held = library.addBook('b1');
    await library.untilAtTheGate(1);

    const closing = library.app.close();
    await until(async () => (await library!.request('/health/ready')).status === 503);
    const ready = await library.request('/health/ready');
    expect(await ready.json()).toMatchObject({ status: 503, code: 'macrolith.draining' });
    expect((await library.request('/health/live')).status).toBe(200);
    expect((await library.request('/api/library/books')).headers.get('connection')).toBe('close');

    expect(booksAtDestruction).toBeUndefined();
    gate.resolve();
    const response = await held;
    expect([response.status, response.headers.get('connection')]).toEqual([201, 'close']);
    await closing;
    expect(booksAtDestruction).toBe(1);
    await expect(library.request('/health/live')).rejects.toThrow();
  });

  test('does not wait for idle keep-alive connections', async () => {
    library = await startLibrary();
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve, reject) => {
      get(`${library!.url}/api/library/books`, { agent }, (response) => response.resume().on('end', resolve)).on(
        'error',
        reject,
      );
    });
    const startedAt = performance.now();
    await library.app.close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    agent.destroy();
  });

  test('cuts what does not finish in time, and says how much that was', async () => {
    library = await startLibrary({ drainTimeoutMs: 200 });
    library.service.gate = new Promise(() => {});
    const held = library.addBook('b1').catch((error: Error) => error);
    await library.untilAtTheGate(1);
    const startedAt = performance.now();
    await library.app.close();
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(await held).toMatchObject({ message: 'fetch failed' });
    expect(library.lines.find(({ requests }) => requests !== undefined)).toMatchObject({ level: 'warn', requests: 1 });
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
