import type { OutputOf } from '@macrolith/contract';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Payments } from '../index.js';
import { CardRow } from './card.entity.js';
import { type Card, CardsNotTaken } from './card.js';
import { CardNetwork } from './card-network.js';

const MOST_LISTED = 100;

/** Cards that were kept, to be paid with again: what the network calls them, and what people do. */
@Injectable()
export class KeptCards {
  constructor(
    @InjectRepository(CardRow) private readonly cards: Repository<CardRow>,
    private readonly network: CardNetwork,
  ) {}

  async keep({ token, label }: Card): Promise<Card> {
    if (!(await this.network.isThere())) throw new CardsNotTaken({});
    await this.cards.upsert({ token, label }, ['token']);
    return { token, label };
  }

  async list(): Promise<OutputOf<Payments['listCards']>> {
    if (!(await this.network.isThere())) return { taken: false, cards: [] };
    const rows = await this.cards.find({ order: { label: 'ASC', token: 'ASC' }, take: MOST_LISTED });
    return { taken: true, cards: rows.map(({ token, label }) => ({ token, label })) };
  }
}
