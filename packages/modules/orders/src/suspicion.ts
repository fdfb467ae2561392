import type { FraudScore, OrderToScore } from '@macrolith/fraud';
import type { Order } from './index.js';

/** From this score on an order is refused, of 100. */
const REFUSED_FROM = 80;

/** What fraud needs to know of an order. */
export function orderToScore({ orderId, customerId, country, card, total, lines }: Order): OrderToScore {
  return {
    orderId,
    customerId,
    ...(country === undefined ? {} : { country }),
    payer: card === undefined ? 'account' : 'card',
    total,
    pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}

export function isSuspicious({ score }: FraudScore): boolean {
  return score >= REFUSED_FROM;
}
