import type { Quote, Wish } from '../quote.js';

/** What asks for quotes, in this process. */
export interface Customer {
  ask(wish: Wish): Promise<Quote>;
  close(): Promise<void>;
}

/** One way to have a quote made in another process, over NATS. */
export interface Office {
  readonly name: string;
  /** Answers until it is closed. Resolves when it can be asked. */
  serve(natsUrl: string): Promise<() => Promise<void>>;
  customer(natsUrl: string): Promise<Customer>;
}
