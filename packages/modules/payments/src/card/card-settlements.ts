import { randomUUIDv7 } from 'node:crypto';
import { Transactional } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { InvalidPaymentState, Payments } from '../index.js';
import { PaymentRow } from '../payment.entity.js';
import type { PaymentAction, Transition } from '../payment-transition.js';
import { CardNetwork, NetworkRefused } from './card-network.js';
import { CardPaymentRow } from './card-payment.entity.js';
import { settledAct } from './settled-act.js';
import { SettlementRow } from './settlement.entity.js';
import { NOTE_SETTLEMENT } from './statements/note-settlement.js';

/**
 * What is decided about a payment by card is decided here, in the transaction of whoever decides it; the network is told
 * afterwards, in the same order, each under a key of its own, until it has done it or refused it for good.
 */
@Injectable()
export class CardSettlements {
  constructor(
    @InjectRepository(PaymentRow) private readonly payments: Repository<PaymentRow>,
    @InjectRepository(CardPaymentRow) private readonly cards: Repository<CardPaymentRow>,
    @InjectRepository(SettlementRow) private readonly settlements: Repository<SettlementRow>,
    private readonly network: CardNetwork,
    private readonly self: Payments,
  ) {}

  /** Queues what the network has to do for a change of a payment. The payment's row is locked. */
  async follow({ paymentId, status }: PaymentRow, action: PaymentAction, transition: Transition): Promise<void> {
    if (action === 'reinstate' && status === 'voided') await this.takeBackVoid(paymentId);
    const wanted = settledAct(action, transition);
    if (wanted !== undefined) await this.queue(paymentId, wanted);
    await this.note(paymentId);
  }

  private async queue(paymentId: string, wanted: Pick<SettlementRow, 'act' | 'amountMinor'>): Promise<void> {
    await this.settlements.insert({ settlementId: randomUUIDv7(), paymentId, ...wanted, state: 'open' });
    await this.self.settleCard({ paymentId });
  }

  /** Tells the network what it has not done yet. Any number of these may run at once. */
  async settle(paymentId: string): Promise<void> {
    for (;;) {
      const next = await this.settlements.findOne({
        where: { paymentId, state: In(['open', 'asked']) },
        order: { position: 'ASC' },
      });
      if (next === null) return;
      await this.ask(next);
    }
  }

  /** The network has done what it was asked under this key, or refused it for good. */
  @Transactional()
  async end(settlementId: string, refusal: string | null = null): Promise<void> {
    const settlement = await this.settlements.findOneBy({ settlementId });
    if (settlement === null) return;
    const { paymentId } = settlement;
    // Whoever notes how far a payment is holds its lock, so that two of them see each other's work.
    await this.payments.findOne({ where: { paymentId }, lock: { mode: 'for_no_key_update' } });
    await this.settlements.update(
      { settlementId, state: In(['open', 'asked', 'refused']) },
      { state: refusal === null ? 'done' : 'refused', refusal, endedAt: new Date() },
    );
    await this.note(paymentId);
  }

  private async ask({ settlementId: key, paymentId, act, amountMinor }: SettlementRow): Promise<void> {
    // From here on it may have been done: it cannot be withdrawn any more.
    const { affected } = await this.settlements.update(
      { settlementId: key, state: In(['open', 'asked']) },
      { state: 'asked' },
    );
    if (affected === 0) return;
    const networkId = await this.networkIdOf(paymentId);
    if (networkId === undefined) return this.end(key, act === 'void' ? null : 'The network has no such authorisation.');
    try {
      if (act === 'void') await this.network.void({ key, networkId });
      else await this.network[act]({ key, networkId, amountMinor });
    } catch (error) {
      if (!(error instanceof NetworkRefused)) throw error;
      // Banks let go by themselves what is not taken in time: then there is nothing left to do.
      const isDone = act === 'void' && (await this.isLetGo(paymentId, networkId));
      return this.end(key, isDone ? null : error.refusal);
    }
    await this.end(key);
  }

  /** A payment that was given up before its answer was known has to be looked for. */
  private async networkIdOf(paymentId: string): Promise<string | undefined> {
    const { networkId } = await this.cards.findOneByOrFail({ paymentId });
    if (networkId !== null) return networkId;
    const found = (await this.network.find({ reference: paymentId })).find(({ status }) => status !== 'declined');
    if (found === undefined) return undefined;
    await this.cards.update({ paymentId }, { networkId: found.networkId });
    return found.networkId;
  }

  private async isLetGo(reference: string, networkId: string): Promise<boolean> {
    const charges = await this.network.find({ reference });
    return charges.some((charge) => charge.networkId === networkId && charge.status === 'voided');
  }

  private async takeBackVoid(paymentId: string): Promise<void> {
    const { affected } = await this.settlements.update(
      { paymentId, act: 'void', state: 'open' },
      { state: 'withdrawn', endedAt: new Date() },
    );
    if (affected === 0) throw new InvalidPaymentState({ paymentId, state: 'voided', action: 'reinstate' });
  }

  /** Writes down how far the network is. */
  private async note(paymentId: string): Promise<void> {
    await this.cards.query(NOTE_SETTLEMENT, [paymentId]);
  }
}
