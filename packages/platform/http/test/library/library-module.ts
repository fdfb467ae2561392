import { defineModule, LocalModule } from '@macrolith/core';
import { routes } from '../../src/index.js';
import { Library } from './library.js';
import { LibraryService } from './library-service.js';

export const LibraryRoutes = routes(Library, {
  search: 'GET /books',
  getBook: 'GET /books/:bookId',
  addBook: 'POST /books',
  retitle: 'PATCH /books/:bookId',
  discard: 'DELETE /books/:bookId',
  remind: 'POST /books/:bookId/reminders',
  countOn: 'GET /floors/:floor',
  misbehave: { route: 'POST /misbehave', status: 200 },
  context: 'GET /context',
});

export const library = defineModule(Library, { owner: 'team-library', web: [LibraryRoutes] });

@LocalModule(library, { provider: LibraryService })
export class LibraryModule {}
