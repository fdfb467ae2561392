import type { Sale } from '../sale.js';

/** Called when a handler begins, before its effect. May throw: then the handler fails. */
export type Hearing = (sale: Sale) => void;

/** One way to bring news of a change to a handler in another module. */
export interface Courier {
  /** Makes one change, and says so in the same transaction. Resolves after the commit. */
  publish(sale: Sale): Promise<void>;
  /** Whether nothing is left to be handed over or to be noted as such. */
  isIdle(): Promise<boolean>;
  close(): Promise<void>;
}

export interface CourierOptions {
  /** The superuser's URL of a database that has the tables of market and ledger. */
  readonly url: string;
  /** What runs in this process. */
  readonly part: 'publisher' | 'worker' | 'both';
  /** Handlers at work at once. */
  readonly concurrency: number;
  /** Whether sales of one key have to be heard in order. */
  readonly order: 'by key' | 'none';
  readonly heard?: Hearing;
}

export async function closeAll(couriers: readonly Courier[]): Promise<void> {
  await Promise.all(couriers.map((courier) => courier.close()));
}
