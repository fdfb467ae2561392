import { bigintColumn } from '@macrolith/data';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** The ledger's entries add up to `balanceMinor`; the open authorisations add up to `heldMinor`. */
@Entity({ schema: 'payments', name: 'account' })
export class AccountRow {
  @PrimaryColumn('text', { name: 'account_id' })
  accountId!: string;

  @Column('text')
  status!: 'open' | 'closed';

  @Column('text')
  currency!: string;

  @Column('bigint', { name: 'balance_minor', transformer: bigintColumn })
  balanceMinor!: bigint;

  @Column('bigint', { name: 'held_minor', transformer: bigintColumn })
  heldMinor!: bigint;

  /** The most that one payment may take. */
  @Column('bigint', { name: 'limit_minor', nullable: true, transformer: bigintColumn })
  limitMinor!: bigint | null;

  @CreateDateColumn({ name: 'opened_at', type: 'timestamptz' })
  openedAt!: Date;
}
