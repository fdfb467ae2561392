import { type DataOf, Port } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { On, subscriptions } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, Entity, PrimaryColumn, Repository } from 'typeorm';
import type { Hearing } from '../couriers/courier.js';
import { Market } from './market.js';
import { CreateLedger1764547200000 } from './tables.js';

export abstract class Ledger extends Port({ name: 'ledger', version: '1.0.0', operations: {} }) {}

/** In SQL, as the peers do it: what is measured is the way of the event. */
const ENTER = 'INSERT INTO ledger.entry (batch, number, key) VALUES ($1, $2, $3)';

@Entity({ schema: 'ledger', name: 'entry' })
export class EntryRow {
  @PrimaryColumn('bigint', { generated: 'increment' }) id!: string;
  @Column('integer') batch!: number;
  @Column('integer') number!: number;
  @Column('text') key!: string;
}

/** Who is told of each sale before it takes effect, for measuring. */
@Injectable()
export class Ear {
  heard: Hearing = () => {};
}

@Injectable()
export class LedgerService implements Ledger {}

@Injectable()
export class Bookkeeper {
  constructor(
    @InjectRepository(EntryRow) private readonly entries: Repository<EntryRow>,
    private readonly ear: Ear,
  ) {}

  @On(Market.event.sold)
  async enter(sale: DataOf<typeof Market.event.sold>): Promise<void> {
    this.ear.heard(sale);
    await this.entries.query(ENTER, [sale.batch, sale.number, sale.key]);
  }
}

@LocalModule(defineModule(Ledger, { owner: 'team-ledger', uses: [Market] }), {
  provider: LedgerService,
  providers: [Ear],
  features: [database({ entities: [EntryRow], migrations: [CreateLedger1764547200000] }), subscriptions([Bookkeeper])],
})
export class LedgerModule {}
