import { command, event, type InputOf, Port, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { database, Transactional } from '@macrolith/data';
import { Events, outbox } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, Entity, PrimaryColumn, Repository } from 'typeorm';
import { CreateMarket1764547200000 } from './tables.js';

const Sale = z.object({ batch: z.int(), number: z.int(), key: z.string() });

export abstract class Market extends Port({
  name: 'market',
  version: '1.0.0',
  operations: { sell: command({ input: Sale }) },
  events: { sold: event({ data: Sale, key: (sale) => sale.key }) },
}) {}

/** In SQL, as the peers do it: what is measured is the way of the event. */
const SELL = 'INSERT INTO market.sale (batch, number, key) VALUES ($1, $2, $3)';

@Entity({ schema: 'market', name: 'sale' })
export class SaleRow {
  @PrimaryColumn('bigint', { generated: 'increment' }) id!: string;
  @Column('integer') batch!: number;
  @Column('integer') number!: number;
  @Column('text') key!: string;
}

@Injectable()
export class MarketService implements Market {
  constructor(
    @InjectRepository(SaleRow) private readonly sales: Repository<SaleRow>,
    private readonly events: Events,
  ) {}

  @Transactional()
  async sell(sale: InputOf<Market['sell']>): Promise<void> {
    await this.sales.query(SELL, [sale.batch, sale.number, sale.key]);
    await this.events.publish(Market.event.sold, sale);
  }
}

@LocalModule(defineModule(Market, { owner: 'team-market' }), {
  provider: MarketService,
  features: [database({ entities: [SaleRow], migrations: [CreateMarket1764547200000] }), outbox()],
})
export class MarketModule {}
