/** A fraud score for tests of modules that ask for it, and the suite that every provider of one has to pass. */
import type { InputOf } from '@macrolith/contract';
import { type Fraud, type FraudScore, NegativeTotal } from './index.js';
import { scoreOf } from './rules.js';

export { anOrderToScore } from './an-order-to-score.js';
export { specifyFraud } from './specification.js';

/** Scores as the rules say, but for customers that a test suspects. It passes the contract suite of the real one. */
export class FakeFraud implements Fraud {
  private readonly suspects = new Map<string, FraudScore>();

  /** From now on each order of the customer gets this score. */
  suspect(customerId: string, score: number): void {
    this.suspects.set(customerId, { score, reasons: ['suspected'] });
  }

  async scoreOrder(order: InputOf<Fraud['scoreOrder']>): Promise<FraudScore> {
    const { orderId, customerId, total } = order;
    if (total.amountMinor < 0n) throw new NegativeTotal({ orderId, total });
    return this.suspects.get(customerId) ?? scoreOf(order);
  }
}
