import { Transactional } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { CardReader } from './card/card-reader.js';
import { CardSettlements } from './card/card-settlements.js';
import { AmountTooHigh, InvalidPaymentState, type Payment, PaymentDeclined, PaymentNotFound } from './index.js';
import { Ledger } from './ledger.js';
import { PaymentRow } from './payment.entity.js';
import { type PaymentAction, type Transition, transition } from './payment-transition.js';

/** Takes payments from one state to the next, and moves the money that goes with it. */
@Injectable()
export class PaymentActions {
  constructor(
    @InjectRepository(PaymentRow) private readonly payments: Repository<PaymentRow>,
    private readonly ledger: Ledger,
    private readonly cards: CardReader,
    private readonly cardSettlements: CardSettlements,
  ) {}

  @Transactional()
  async act(paymentId: string, action: PaymentAction, amountMinor?: bigint): Promise<Payment> {
    const payment = await this.payments.findOne({ where: { paymentId }, lock: { mode: 'for_no_key_update' } });
    if (payment === null) throw new PaymentNotFound({ paymentId });

    const outcome = transition(payment, action, amountMinor);
    if ('next' in outcome) return this.complete(await this.apply(payment, action, outcome));
    if (outcome.refused === 'state') throw new InvalidPaymentState({ paymentId, state: payment.status, action });
    const { requestedMinor, possibleMinor } = outcome;
    throw new AmountTooHigh({ paymentId, requestedMinor, possibleMinor });
  }

  /**
   * Voids those of the payments that are held, all of them or none, and answers which. Whoever moves one payment locks first it and then
   * its account. So here all payments are locked before the first account, and both in one order: nobody waits in a ring.
   */
  @Transactional()
  async voidHeld(paymentIds: readonly string[]): Promise<string[]> {
    const held = await this.payments.find({
      where: { paymentId: In([...paymentIds]), status: 'authorised' },
      order: { paymentId: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
    for (const payment of held.toSorted(byAccount)) {
      const outcome = transition(payment, 'void');
      if ('next' in outcome) await this.apply(payment, 'void', outcome);
    }
    return held.map(({ paymentId }) => paymentId);
  }

  /** The payment as others see it. */
  async complete(payment: PaymentRow): Promise<Payment> {
    const [complete] = await this.cards.complete([payment]);
    return complete!;
  }

  private async apply(payment: PaymentRow, action: PaymentAction, outcome: Transition): Promise<PaymentRow> {
    const { next } = outcome;
    const { accountId, paymentId } = payment;
    const updatedAt = new Date();
    await Promise.all([
      accountId === null
        ? this.cardSettlements.follow(payment, action, outcome)
        : this.moveMoney(accountId, paymentId, action, outcome),
      this.payments.update({ paymentId }, { ...next, updatedAt }),
    ]);
    return { ...payment, ...next, updatedAt };
  }

  private async moveMoney(
    accountId: string,
    paymentId: string,
    action: PaymentAction,
    { heldDeltaMinor, balanceDeltaMinor }: Transition,
  ): Promise<void> {
    if (heldDeltaMinor > 0n) await this.refuseUnlessAvailable(accountId, heldDeltaMinor);
    await Promise.all([
      this.ledger.change(accountId, balanceDeltaMinor, heldDeltaMinor),
      this.book(accountId, paymentId, action, balanceDeltaMinor),
    ]);
  }

  private async refuseUnlessAvailable(accountId: string, amountMinor: bigint): Promise<void> {
    const { balanceMinor, heldMinor } = await this.ledger.lock(accountId);
    if (amountMinor > balanceMinor - heldMinor) {
      throw new PaymentDeclined({ accountId, reason: 'insufficient-funds' });
    }
  }

  /** The ledger tells what changed a balance; what is only held is no entry, and neither is nothing. */
  private async book(accountId: string, paymentId: string, action: PaymentAction, amountMinor: bigint): Promise<void> {
    if (amountMinor === 0n || (action !== 'capture' && action !== 'refund')) return;
    await this.ledger.book({ accountId, kind: action, amountMinor, reference: paymentId });
  }
}

/** Those by card, which have none, come last. */
function byAccount({ accountId: one }: PaymentRow, { accountId: other }: PaymentRow): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
}
