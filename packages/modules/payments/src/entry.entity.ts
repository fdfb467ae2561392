import { bigintColumn } from '@macrolith/data';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An entry of the ledger, which is only ever added to. */
@Entity({ schema: 'payments', name: 'entry' })
export class EntryRow {
  @PrimaryGeneratedColumn('identity', { name: 'entry_id', type: 'bigint' })
  entryId!: string;

  @Column('text', { name: 'account_id' })
  accountId!: string;

  @Column('text')
  kind!: 'deposit' | 'capture' | 'refund';

  /** What the entry adds to the balance: less than zero for a capture. */
  @Column('bigint', { name: 'amount_minor', transformer: bigintColumn })
  amountMinor!: bigint;

  /** The deposit's reference, or the payment's id. */
  @Column('text')
  reference!: string;

  @CreateDateColumn({ name: 'booked_at', type: 'timestamptz' })
  bookedAt!: Date;
}
