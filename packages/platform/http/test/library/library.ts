import {
  binary,
  command,
  defineError,
  type InputOf,
  instant,
  integer,
  Money,
  type OutputOf,
  Port,
  pageOf,
  pageRequest,
  query,
  task,
  z,
} from '@macrolith/contract';

export const Book = z.object({
  bookId: z.string(),
  title: z.string().min(1).max(200),
  price: Money,
  copies: integer({ min: 0n, max: 1_000_000n }),
  addedAt: instant(),
});

export class BookNotFound extends defineError(
  'library.book-not-found',
  { bookId: z.string() },
  ({ bookId }) => `There is no book ${bookId}.`,
  { kind: 'not-found' },
) {}
export class BookExists extends defineError(
  'library.book-exists',
  { bookId: z.string() },
  ({ bookId }) => `There is a book ${bookId} already.`,
  { kind: 'conflict' },
) {}
export class TooDear extends defineError(
  'library.too-dear',
  { limit: Money, since: instant() },
  () => 'The book costs more than the library may spend.',
) {}
export class NotAMember extends defineError('library.not-a-member', {}, () => 'Only members may do this.', {
  kind: 'denied',
}) {}

/** A contract with every kind of operation, argument and error that HTTP has to carry. */
export abstract class Library extends Port({
  name: 'library',
  version: '1.0.0',
  operations: {
    /** Books whose title contains a text. */
    search: query({
      input: pageRequest().extend({
        text: z.string().max(100).optional(),
        minCopies: z.int().optional(),
        inPrint: z.boolean().optional(),
        tag: z.array(z.string()).optional(),
        year: z.array(z.int()).optional(),
      }),
      output: pageOf(Book),
    }),
    getBook: query({ input: z.object({ bookId: z.string() }), output: Book, errors: [BookNotFound] }),
    addBook: command({
      input: Book.omit({ addedAt: true }),
      output: Book,
      errors: [BookExists, TooDear, NotAMember],
    }),
    retitle: command({
      input: z.object({ bookId: z.string(), title: z.string().min(1), cover: binary().optional() }),
      output: Book,
      errors: [BookNotFound],
    }),
    discard: command({ input: z.object({ bookId: z.string() }), errors: [BookNotFound] }),
    remind: task({ input: z.object({ bookId: z.string(), reader: z.string() }) }),
    countOn: query({ input: z.object({ floor: z.int() }), output: z.object({ floor: z.int(), books: z.int() }) }),
    /** Fails in the way that is asked for. */
    misbehave: command({ input: z.object({ how: z.string() }), output: z.object({ done: z.boolean() }) }),
    context: query({
      output: z.object({
        traceparent: z.string().optional(),
        locale: z.string().optional(),
        secondsLeft: z.number().optional(),
      }),
    }),
  },
}) {}

export type Book = OutputOf<Library['getBook']>;
export type Search = InputOf<Library['search']>;
