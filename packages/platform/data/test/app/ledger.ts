import { command, defineError, type InputOf, Port, query, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, Entity, PrimaryGeneratedColumn, type QueryRunner, Repository } from 'typeorm';
import { database, type ModuleMigration } from '../../src/index.js';

export class Overdrawn extends defineError(
  'ledger.overdrawn',
  { balance: z.int() },
  (e) => `Only ${e.balance} left.`,
) {}

/** A module that others call: it books entries and refuses what would overdraw. */
export abstract class Ledger extends Port({
  name: 'ledger',
  version: '1.0.0',
  operations: {
    book: command({
      input: z.object({ amount: z.int() }),
      output: z.object({ balance: z.int() }),
      errors: [Overdrawn],
    }),
    balance: query({ output: z.int() }),
  },
}) {}

@Entity({ name: 'entry' })
export class Entry {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('int')
  amount!: number;
}

class CreateEntry1763600000001 implements ModuleMigration {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE ledger.entry (id serial PRIMARY KEY, amount integer NOT NULL)');
  }

  async down(): Promise<void> {}
}

@Injectable()
export class LedgerService implements Ledger {
  constructor(@InjectRepository(Entry) private readonly entries: Repository<Entry>) {}

  async book({ amount }: InputOf<Ledger['book']>): Promise<{ balance: number }> {
    await this.entries.insert({ amount });
    const balance = await this.balance();
    if (balance < 0) throw new Overdrawn({ balance: balance - amount });
    return { balance };
  }

  async balance(): Promise<number> {
    return (await this.entries.sum('amount')) ?? 0;
  }
}

export const ledger = defineModule(Ledger, { owner: 'team-books' });

@LocalModule(ledger, {
  provider: LedgerService,
  features: [database({ entities: [Entry], migrations: [CreateEntry1763600000001] })],
})
export class LedgerModule {}
