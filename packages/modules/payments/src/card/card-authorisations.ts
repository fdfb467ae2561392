import { randomUUIDv7 } from 'node:crypto';
import type { InputOf, OutputOf } from '@macrolith/contract';
import { currentCaller, currentContext } from '@macrolith/core';
import { Transactional } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import type { Payments } from '../index.js';
import { PaymentRow } from '../payment.entity.js';
import { CardDeclined, type CardDeclineReason, CardsNotTaken } from './card.js';
import { CardNetwork, NetworkDeclined } from './card-network.js';
import { CardPaymentRow } from './card-payment.entity.js';
import { BEGIN_CARD_PAYMENT } from './statements/begin-card-payment.js';

/** PostgreSQL's code for a row whose key is there already. */
const UNIQUE_VIOLATION = '23505';

/** What the network has said of a payment. */
export interface NetworkAnswered {
  readonly networkId: string;
  /** Why the card does not pay, if it does not. */
  readonly declined?: CardDeclineReason | null;
}

interface Asked {
  readonly payment: PaymentRow;
  readonly card: CardPaymentRow;
}

/**
 * Asks cards for amounts:
 *
 *     payment written, `authorising` ──▶ network asked, under the payment's id ──▶ `authorised` or `declined`
 *
 * The wish's key names the payment and the payment's id names the request, so whoever comes again after a crash, wherever it
 * was, finds the payment, asks the same and is answered the same.
 */
@Injectable()
export class CardAuthorisations {
  constructor(
    @InjectRepository(PaymentRow) private readonly payments: Repository<PaymentRow>,
    @InjectRepository(CardPaymentRow) private readonly cards: Repository<CardPaymentRow>,
    private readonly network: CardNetwork,
  ) {}

  async authorise(request: InputOf<Payments['authoriseCard']>): Promise<OutputOf<Payments['authoriseCard']>> {
    if (!(await this.network.isThere())) throw new CardsNotTaken({});
    const asked = await this.begin(request);
    if (asked.payment.status !== 'authorising') return answerOf(asked);
    return this.ask(asked);
  }

  /** The network has answered, whoever heard it: the one that asked, its news, or a reconciliation. */
  @Transactional()
  async conclude(paymentId: string, { networkId, declined = null }: NetworkAnswered): Promise<void> {
    const status = declined === null ? 'authorised' : 'declined';
    await this.payments.update({ paymentId, status: 'authorising' }, { status, updatedAt: new Date() });
    // Also of a payment that was given up meanwhile: what it holds has to be let go.
    await this.cards.update({ paymentId, networkId: IsNull() }, { networkId, declineReason: declined });
  }

  private async ask({ payment, card }: Asked): Promise<OutputOf<Payments['authoriseCard']>> {
    const { paymentId, currency, authorisedMinor: amountMinor } = payment;
    const { token } = card;
    const request = { key: paymentId, reference: paymentId, token, amount: { amountMinor, currency } };
    try {
      await this.conclude(paymentId, await this.network.authorise(request));
    } catch (error) {
      if (!(error instanceof NetworkDeclined)) throw error;
      await this.conclude(paymentId, { networkId: error.networkId, declined: error.reason });
    }
    return answerOf(await this.read(paymentId));
  }

  private async begin({ orderId, card, amount }: InputOf<Payments['authoriseCard']>): Promise<Asked> {
    const { amountMinor, currency } = amount;
    const key = requestKey();
    // Nobody is asked for nothing.
    const status = amountMinor === 0n ? 'authorised' : 'authorising';
    const paymentId = randomUUIDv7();
    const values = [paymentId, orderId, key, card.token, amountMinor, currency, status];
    const begun: unknown[] = await this.payments.query(BEGIN_CARD_PAYMENT, values).catch(nothingIfTaken);
    if (begun.length === 1) return this.read(paymentId);
    const { paymentId: known } = await this.cards.findOneByOrFail({ requestKey: key! });
    return this.read(known);
  }

  private async read(paymentId: string): Promise<Asked> {
    const [payment, card] = await Promise.all([
      this.payments.findOneByOrFail({ paymentId }),
      this.cards.findOneByOrFail({ paymentId }),
    ]);
    return { payment, card };
  }
}

function answerOf({ payment, card }: Asked): OutputOf<Payments['authoriseCard']> {
  if (payment.status === 'declined') throw new CardDeclined({ reason: card.declineReason ?? 'not-honoured' });
  // Somebody gave the payment up before its answer was known: whoever asks now must not count on it.
  if (payment.status === 'voided') throw new CardDeclined({ reason: 'withdrawn' });
  return { paymentId: payment.paymentId };
}

/** The key of the call, and whose it is. */
function requestKey(): string | null {
  const { idempotencyKey } = currentContext();
  return idempotencyKey === undefined ? null : `${currentCaller()} ${idempotencyKey}`;
}

/** Two that come at the same moment with one key: the other one has written it. */
function nothingIfTaken(error: unknown): unknown[] {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  if ((driverError?.code ?? code) === UNIQUE_VIOLATION) return [];
  throw error;
}
