import { bigintColumn } from '@macrolith/data';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { WantedLine } from '../index.js';

@Entity({ schema: 'orders', name: 'cancellation' })
export class CancellationRow {
  @PrimaryColumn('uuid', { name: 'order_id' })
  orderId!: string;

  /** Counts the cancellations of one order, from 1. */
  @PrimaryColumn('integer')
  number!: number;

  @Column('jsonb')
  lines!: WantedLine[];

  @Column('bigint', { name: 'amount_minor', transformer: bigintColumn })
  amountMinor!: bigint;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('timestamptz', { name: 'cancelled_at' })
  cancelledAt!: Date;
}
