import { bigintColumn } from '@macrolith/data';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

export type SettlementAct = 'capture' | 'void' | 'refund';

/**
 * One thing that the network is to do for a payment.
 * - `open`: decided here, and not asked yet.
 * - `asked`: asked at least once; it may have been done.
 * - `done`: the network has done it.
 * - `refused`: the network will never do it, for `refusal`.
 * - `withdrawn`: taken back before it was asked.
 */
@Entity({ schema: 'payments', name: 'card_settlement' })
export class SettlementRow {
  /** The key that the network knows the request by. */
  @PrimaryColumn('uuid', { name: 'settlement_id' })
  settlementId!: string;

  @Column('uuid', { name: 'payment_id' })
  paymentId!: string;

  /** Counts up: the network is asked in this order. */
  @Column({ type: 'bigint', insert: false, update: false })
  position!: string;

  @Column('text')
  act!: SettlementAct;

  @Column('bigint', { name: 'amount_minor', transformer: bigintColumn })
  amountMinor!: bigint;

  @Column('text')
  state!: 'open' | 'asked' | 'done' | 'refused' | 'withdrawn';

  @Column('text', { nullable: true })
  refusal!: string | null;

  @CreateDateColumn({ name: 'decided_at', type: 'timestamptz' })
  decidedAt!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
