import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Page } from '../api/api.js';

export interface CursorListOptions<T, A extends readonly unknown[]> {
  /** What the list depends on. It starts again from the top when one of them changes. */
  readonly args?: () => A;
  readonly load: (args: A, request: CursorRequest) => Promise<Page<T>>;
}

export interface CursorRequest {
  /** Undefined for the first page. */
  readonly cursor: string | undefined;
  readonly signal: AbortSignal;
}

/** A list that is read page by page. Give it to `<ml-table .list=…>`, or render `items` yourself. */
export class CursorList<T, A extends readonly unknown[] = readonly unknown[]> implements ReactiveController {
  items: readonly T[] = [];
  status: 'loading' | 'ready' | 'failed' = 'loading';
  /** Why the first page could not be read. */
  error: unknown;
  isLoadingMore = false;
  /** Why the next page could not be read; the items that are there stay. */
  moreError: unknown;

  #cursor: string | undefined;
  #args: A | undefined;
  #running: AbortController | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly options: CursorListOptions<T, A>,
  ) {
    host.addController(this);
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  hostUpdate(): void {
    const args = this.options.args?.() ?? ([] as unknown as A);
    if (this.#args !== undefined && sameArguments(this.#args, args)) return;
    this.#args = args;
    this.items = [];
    this.status = 'loading';
    void this.#loadFirst(args);
  }

  hostDisconnected(): void {
    this.#running?.abort();
    this.#args = undefined;
  }

  /** Reads again from the top. What is there stays visible until the answer comes. */
  async reload(): Promise<void> {
    if (this.#args === undefined) return;
    if (this.status === 'failed') this.status = 'loading';
    this.host.requestUpdate();
    await this.#loadFirst(this.#args);
  }

  async loadMore(): Promise<void> {
    if (this.#args === undefined || this.#cursor === undefined || this.isLoadingMore) return;
    this.isLoadingMore = true;
    this.moreError = undefined;
    this.host.requestUpdate();
    const before = this.items;
    await this.#read(this.#args, this.#cursor, {
      done: (page) => {
        this.items = [...before, ...page.items];
      },
      failed: (error) => {
        this.moreError = error;
      },
    });
  }

  async #loadFirst(args: A): Promise<void> {
    await this.#read(args, undefined, {
      done: (page) => {
        this.items = page.items;
        this.status = 'ready';
      },
      failed: (error) => {
        this.error = error;
        this.status = 'failed';
      },
    });
  }

  /** Only the newest request may change the list: an older one is aborted, and its answer ignored. */
  async #read(args: A, cursor: string | undefined, outcome: Outcome<T>): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    try {
      const page = await this.options.load(args, { cursor, signal: running.signal });
      if (running.signal.aborted) return;
      this.#cursor = page.nextCursor;
      this.moreError = undefined;
      outcome.done(page);
    } catch (error) {
      if (running.signal.aborted) return;
      outcome.failed(error);
    }
    this.isLoadingMore = false;
    this.host.requestUpdate();
  }
}

interface Outcome<T> {
  readonly done: (page: Page<T>) => void;
  readonly failed: (error: unknown) => void;
}

function sameArguments(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((value, index) => Object.is(value, after[index]));
}
