import { command, Port, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, Entity, PrimaryGeneratedColumn, type QueryRunner, Repository } from 'typeorm';
import { database, type ModuleMigration, Transactional } from '../../src/index.js';
import { Ledger, Overdrawn } from './ledger.js';

const Amounts = z.object({ amounts: z.array(z.int()) });

/** A module that writes its own rows and calls the ledger in the same transaction. */
export abstract class Desk extends Port({
  name: 'desk',
  version: '1.0.0',
  operations: {
    bookAll: command({ input: Amounts, output: z.object({ balance: z.int() }), errors: [Overdrawn] }),
    bookWhatFits: command({ input: Amounts, output: z.object({ refused: z.int() }) }),
  },
}) {}

@Entity({ name: 'slip' })
export class Slip {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('int')
  amount!: number;
}

class CreateSlip1763600000002 implements ModuleMigration {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE desk.slip (id serial PRIMARY KEY, amount integer NOT NULL)');
  }

  async down(): Promise<void> {}
}

@Injectable()
export class DeskService implements Desk {
  constructor(
    @InjectRepository(Slip) readonly slips: Repository<Slip>,
    private readonly ledger: Ledger,
  ) {}

  @Transactional()
  async bookAll({ amounts }: z.output<typeof Amounts>): Promise<{ balance: number }> {
    let balance = 0;
    for (const amount of amounts) {
      await this.slips.insert({ amount });
      balance = (await this.ledger.book({ amount })).balance;
    }
    return { balance };
  }

  @Transactional()
  async bookWhatFits({ amounts }: z.output<typeof Amounts>): Promise<{ refused: number }> {
    let refused = 0;
    for (const amount of amounts) {
      await this.slips.insert({ amount });
      try {
        await this.ledger.book({ amount });
      } catch (error) {
        if (!(error instanceof Overdrawn)) throw error;
        refused += 1;
      }
    }
    return { refused };
  }
}

export const desk = defineModule(Desk, { owner: 'team-counter', uses: [Ledger] });

@LocalModule(desk, {
  provider: DeskService,
  features: [database({ entities: [Slip], migrations: [CreateSlip1763600000002] })],
})
export class DeskModule {}
