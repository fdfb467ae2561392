import type { InputOf } from '@macrolith/contract';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Payments } from '../index.js';
import { NotFromCardNetwork } from './card.js';
import { CardAuthorisations } from './card-authorisations.js';
import { CardNetworkOptions } from './card-network-options.js';
import { CardPaymentRow } from './card-payment.entity.js';
import { CardSettlements } from './card-settlements.js';
import { reasonFrom, WireEvent } from './network-wire.js';
import { problemWith } from './webhook-signature.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Hears what the card network tells by itself. It confirms what was asked, so it may come twice, late or in any order, and a
 * payment ends in the same state without it. What concerns no payment here is for the reconciliation to find.
 */
@Injectable()
export class CardNews {
  private readonly secret: string;

  constructor(
    @InjectRepository(CardPaymentRow) private readonly cards: Repository<CardPaymentRow>,
    private readonly authorisations: CardAuthorisations,
    private readonly settlements: CardSettlements,
    @Optional() @Inject(CardNetworkOptions) options?: CardNetworkOptions,
  ) {
    this.secret = (options ?? CardNetworkOptions.fromEnvironment(process.env)).webhookSecret;
  }

  async hear(news: InputOf<Payments['hearCardNetwork']>): Promise<void> {
    const problem = problemWith(news, this.secret, Date.now());
    if (problem !== undefined) throw new NotFromCardNetwork({ problem });
    const { type, key, authorisation } = read(news.body);
    const { reference: paymentId, id: networkId, status, declineReason } = authorisation;
    if (!UUID.test(paymentId) || !(await this.cards.existsBy({ paymentId }))) return;
    if (type !== 'authorisation.authorise') return UUID.test(key) ? this.settlements.end(key) : undefined;
    const declined = status === 'declined' ? { declined: reasonFrom(declineReason) } : {};
    await this.authorisations.conclude(paymentId, { networkId, ...declined });
  }
}

function read(body: string) {
  try {
    return WireEvent.decode(JSON.parse(body));
  } catch {
    throw new NotFromCardNetwork({ problem: 'content' });
  }
}
