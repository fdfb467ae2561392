import { describe, expect, jest, test } from '@jest/globals';
import { defineModule, LocalModule, MacrolithModule } from '@macrolith/core';
import { Module } from '@nestjs/common';
import { createHttpApp, routes } from '../src/index.js';
import { Library } from './library/library.js';
import { LibraryRoutes } from './library/library-module.js';
import { LibraryService } from './library/library-service.js';
import { startLibrary } from './library/running-library.js';

const quiet = { log: { level: 'silent' }, shutdownSignals: [] } as const;

describe('Boot', () => {
  test('refuses two controllers that want the same requests, and names both places', async () => {
    const again = routes(Library, { getBook: 'GET /books/:bookId' });
    const twice = defineModule(Library, { owner: 'team-library', web: [LibraryRoutes, again] });
    @LocalModule(twice, { provider: LibraryService })
    class TwiceModule {}
    @Module({ imports: [MacrolithModule.forRoot(), TwiceModule] })
    class Shell {}

    const app = await createHttpApp(Shell, quiet);
    await expect(app.init()).rejects.toThrow(/GET \/api\/library\/books\/:bookId.*LibraryRoutes.*LibraryRoutes/s);
    await app.close();
  });

  test('refuses a limit that makes no sense', async () => {
    await expect(createHttpApp(class {}, { ...quiet, maxInFlight: 0 })).rejects.toThrow('maxInFlight is 0');
  });

  test('rejects when a provider cannot be made, and does not end the process', async () => {
    const failing = { provide: 'x', useFactory: () => Promise.reject(new Error('no such folder')) };
    @Module({ providers: [failing] })
    class Shell {}
    await expect(createHttpApp(Shell, quiet)).rejects.toThrow('no such folder');
  });
});

describe('A signal', () => {
  test('starts the graceful shutdown, and the process ends with 0 once it is done', async () => {
    const exited = Promise.withResolvers<unknown>();
    const exit = jest.spyOn(process, 'exit').mockImplementation((code) => exited.resolve(code) as never);
    const library = await startLibrary({ shutdownSignals: ['SIGUSR2'] });
    const gate = Promise.withResolvers<void>();
    library.service.gate = gate.promise;
    const held = library.addBook('b1');
    await library.untilAtTheGate(1);

    process.emit('SIGUSR2', 'SIGUSR2');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(exit).not.toHaveBeenCalled();
    gate.resolve();
    expect((await held).status).toBe(201);
    expect(await exited.promise).toBe(0);
    exit.mockRestore();
  });
});
