import type { OrderToScore } from './index.js';

/** An everyday order that an account pays, with `changes` applied. */
export function anOrderToScore(changes: Partial<OrderToScore> = {}): OrderToScore {
  return {
    orderId: '0198c5a4-5d5e-7000-8000-000000000001',
    customerId: '17850',
    country: 'United Kingdom',
    payer: 'account',
    total: { amountMinor: 13_912n, currency: 'GBP' },
    pieces: 40,
    ...changes,
  };
}
