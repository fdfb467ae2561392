import { MacrolithModule } from '@macrolith/core';
import { Module, type ModuleMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApp, type HttpOptions } from '../../src/index.js';
import { LibraryModule } from './library-module.js';
import { LibraryService } from './library-service.js';
import { MemoryPlatform } from './memory-platform.js';

/** The library served on a port of its own. */
export interface RunningLibrary {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly service: LibraryService;
  /** Every line that was logged, parsed. */
  readonly lines: Record<string, any>[];
  /** The same as text, to look for what must not be there. */
  logText(): string;
  request(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  addBook(bookId: string, title?: string): Promise<Response>;
  /** Resolves when so many commands have come to the gate since the library was opened. */
  untilAtTheGate(commands: number): Promise<void>;
}

export interface LibraryOptions extends HttpOptions {
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}

export async function startLibrary({ imports = [], ...options }: LibraryOptions = {}): Promise<RunningLibrary> {
  const texts: string[] = [];
  const lines: Record<string, any>[] = [];
  const stream = {
    write(text: string) {
      texts.push(text);
      lines.push(JSON.parse(text));
    },
  };

  @Module({ imports: [MacrolithModule.forRoot({ checks: true }), MemoryPlatform, LibraryModule, ...imports] })
  class LibraryShell {}

  const app = await createHttpApp(LibraryShell, { shutdownSignals: [], log: { level: 'debug', stream }, ...options });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const request = (path: string, init?: RequestInit) => fetch(`${url}${path}`, init);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const service = app.get(LibraryService, { strict: false });
  return {
    app,
    url,
    service,
    lines,
    logText: () => texts.join(''),
    request,
    post,
    addBook: (bookId, title = `Book ${bookId}`) =>
      post('/api/library/books', { bookId, title, price: { amountMinor: '1250', currency: 'EUR' }, copies: '3' }),
    untilAtTheGate: async (commands) => {
      while (service.atTheGate < commands) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}
