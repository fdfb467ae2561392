import type { InputOf } from '@macrolith/contract';
import { currentContext, PlatformError, WorkflowPending } from '@macrolith/core';
import { Injectable, Logger } from '@nestjs/common';
import { type Book, BookExists, BookNotFound, type Library, NotAMember, type Search, TooDear } from './library.js';

/** As the transport throws them: their words are for operators. */
class ModuleAway extends PlatformError {
  readonly code = 'macrolith.remote-unavailable';
}
class ModuleOlder extends PlatformError {
  readonly code = 'macrolith.unknown-operation';
}

const LIMIT = { amountMinor: 100_000n, currency: 'EUR' };

@Injectable()
export class LibraryService implements Library {
  readonly books = new Map<string, Book>();
  readonly searches: Search[] = [];
  readonly reminders: InputOf<Library['remind']>[] = [];
  /** Commands wait for it, so that a test can hold a request in flight. */
  gate: Promise<void> = Promise.resolve();
  /** How many commands have come to the gate. */
  atTheGate = 0;

  async search(input: Search) {
    this.searches.push(input);
    const all = [...this.books.values()].filter(({ title }) => title.includes(input.text ?? ''));
    const from = Number(input.cursor ?? 0);
    const to = from + (input.limit ?? 10);
    return { items: all.slice(from, to), nextCursor: to < all.length ? String(to) : undefined };
  }

  async getBook({ bookId }: { bookId: string }) {
    const book = this.books.get(bookId);
    if (book === undefined) throw new BookNotFound({ bookId });
    return book;
  }

  async addBook(input: InputOf<Library['addBook']>) {
    this.atTheGate += 1;
    await this.gate;
    if (this.books.has(input.bookId)) throw new BookExists({ bookId: input.bookId });
    if (input.title === 'forbidden') throw new NotAMember({});
    if (input.price.amountMinor > LIMIT.amountMinor) throw new TooDear({ limit: LIMIT, since: new Date(0) });
    const book = { ...input, addedAt: new Date('2026-11-20T12:00:00Z') };
    this.books.set(book.bookId, book);
    return book;
  }

  async retitle({ bookId, title }: InputOf<Library['retitle']>) {
    const book = { ...(await this.getBook({ bookId })), title };
    this.books.set(bookId, book);
    return book;
  }

  async discard({ bookId }: { bookId: string }) {
    await this.getBook({ bookId });
    this.books.delete(bookId);
  }

  async remind(input: InputOf<Library['remind']>) {
    this.reminders.push(input);
  }

  async countOn({ floor }: { floor: number }) {
    return { floor, books: this.books.size };
  }

  async misbehave({ how }: { how: string }): Promise<{ done: boolean }> {
    if (how === 'throw') throw new Error('connection to postgres://admin:hunter2@db failed');
    if (how === 'database')
      throw Object.assign(new Error('deadlock detected'), { code: '40P01', detail: 'Process 12' });
    if (how === 'constraint') throw Object.assign(new Error('duplicate key value'), { code: '23505', table: 'book' });
    if (how === 'away') throw new ModuleAway('hidden.shelve could not be called: no process serves it.');
    if (how === 'older') throw new ModuleOlder('The hidden version of library has no shelve.');
    if (how === 'undeclared') throw new BookNotFound({ bookId: 'hidden' });
    if (how === 'lie') return { done: 'yes' } as never;
    if (how === 'pend') throw new WorkflowPending('library.lend', '0d0c8f1e-0000-8000-8000-000000000000');
    if (how === 'hang') await new Promise((resolve) => setTimeout(resolve, 5_000).unref());
    if (how === 'log') {
      const entry = {
        password: 'hunter2',
        headers: { authorization: 'Bearer abc.def', cookie: 'sid=1' },
        token: 'tok-1',
      };
      new Logger('Library').log('lending', entry);
      new Logger('Library').error(new Error('refused by postgres://app:s3cret@db/main'));
    }
    return { done: true };
  }

  async context() {
    const { traceparent, locale, deadlineAt } = currentContext();
    return {
      traceparent,
      locale,
      secondsLeft: deadlineAt === undefined ? undefined : (deadlineAt - Date.now()) / 1_000,
    };
  }
}
