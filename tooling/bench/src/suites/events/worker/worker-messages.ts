import type { Sale } from '../sale.js';

/** What a worker process tells the one that started it. */
export type FromWorker =
  | { readonly started: true }
  /** A handler begins; `at` is of the machine's monotonic clock, in nanoseconds. */
  | { readonly sale: Sale; readonly at: string }
  | { readonly rssBytes: number };
