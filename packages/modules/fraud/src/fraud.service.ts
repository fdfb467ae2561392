import type { InputOf } from '@macrolith/contract';
import { Injectable } from '@nestjs/common';
import { type Fraud, type FraudScore, NegativeTotal } from './index.js';
import { scoreOf } from './rules.js';

@Injectable()
export class FraudService implements Fraud {
  async scoreOrder(order: InputOf<Fraud['scoreOrder']>): Promise<FraudScore> {
    const { orderId, total } = order;
    if (total.amountMinor < 0n) throw new NegativeTotal({ orderId, total });
    return scoreOf(order);
  }
}
