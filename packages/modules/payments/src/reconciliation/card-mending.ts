import type { InputOf } from '@macrolith/contract';
import { Transactional } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { CardAuthorisations } from '../card/card-authorisations.js';
import { CardNetwork, NetworkRefused } from '../card/card-network.js';
import { SettlementRow } from '../card/settlement.entity.js';
import { Payments } from '../index.js';
import { PaymentRow } from '../payment.entity.js';
import { CardReconciliation } from './card-reconciliation.js';
import type { Difference, Reconciliation } from './reconciliation.js';

/** Mends differences where only one thing can be right. */
@Injectable()
export class CardMending {
  constructor(
    @InjectRepository(PaymentRow) private readonly payments: Repository<PaymentRow>,
    @InjectRepository(SettlementRow) private readonly settlements: Repository<SettlementRow>,
    private readonly reconciliation: CardReconciliation,
    private readonly authorisations: CardAuthorisations,
    private readonly network: CardNetwork,
    private readonly self: Payments,
  ) {}

  async mend(request: InputOf<Payments['mendCards']>): Promise<Reconciliation> {
    const found = await this.reconciliation.reconcile(request);
    for (const difference of found.differences) {
      if (difference.mendable) await this.mendOne(difference);
    }
    return found;
  }

  private mendOne({ kind, paymentId, networkId }: Difference): Promise<void> {
    if (kind === 'unknown-charge' || kind === 'charged-twice') return this.letGo(networkId!);
    if (kind === 'unanswered') return this.answer(paymentId!);
    return this.tellAgain(paymentId!, networkId!);
  }

  /** Holds nothing any more that nobody here stands behind. */
  private async letGo(networkId: string): Promise<void> {
    try {
      await this.network.void({ key: `let-go-${networkId}`, networkId });
    } catch (error) {
      // It was taken or let go since: the next comparison says which.
      if (!(error instanceof NetworkRefused)) throw error;
    }
  }

  /** Writes down what the card has answered. One that was never asked is given up: whoever asks later is refused. */
  private async answer(paymentId: string): Promise<void> {
    const charges = await this.network.find({ reference: paymentId });
    const charge = charges.find(({ status }) => status !== 'declined') ?? charges[0];
    if (charge === undefined) return this.giveUp(paymentId);
    const { networkId, status, declineReason } = charge;
    const declined = status === 'declined' ? { declined: declineReason ?? ('not-honoured' as const) } : {};
    await this.authorisations.conclude(paymentId, { networkId, ...declined });
  }

  @Transactional()
  private async giveUp(paymentId: string): Promise<void> {
    await this.payments
      .createQueryBuilder()
      .update()
      .set({ status: 'voided', voidedMinor: () => 'authorised_minor', updatedAt: new Date() })
      .where({ paymentId, status: 'authorising' })
      .execute();
  }

  /** What is still owed is told now; what was told and is not so there is let go by name. */
  private async tellAgain(paymentId: string, networkId: string): Promise<void> {
    if (await this.settlements.existsBy({ paymentId, state: In(['open', 'asked']) })) {
      return this.self.settleCard({ paymentId });
    }
    if (await this.payments.existsBy({ paymentId, status: 'voided' })) await this.letGo(networkId);
  }
}
