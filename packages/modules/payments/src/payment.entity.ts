import { bigintColumn } from '@macrolith/data';
import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { PaymentStatus } from './index.js';

@Entity({ schema: 'payments', name: 'payment' })
export class PaymentRow {
  /** UUIDv7: the order of the ids is the order in time. */
  @PrimaryColumn('uuid', { name: 'payment_id' })
  paymentId!: string;

  @Column('text', { name: 'order_id' })
  orderId!: string;

  /** Null for a payment by card. */
  @Column('text', { name: 'account_id', nullable: true })
  accountId!: string | null;

  @Column('text')
  status!: PaymentStatus;

  @Column('text')
  currency!: string;

  @Column('bigint', { name: 'authorised_minor', transformer: bigintColumn })
  authorisedMinor!: bigint;

  @Column('bigint', { name: 'voided_minor', transformer: bigintColumn })
  voidedMinor!: bigint;

  @Column('bigint', { name: 'captured_minor', transformer: bigintColumn })
  capturedMinor!: bigint;

  @Column('bigint', { name: 'refunded_minor', transformer: bigintColumn })
  refundedMinor!: bigint;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
