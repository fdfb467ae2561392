import { bigintColumn } from '@macrolith/data';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Fulfilment, OrderStatus } from '../index.js';

/** An order without its lines. The lines add up to `totalMinor`, their cancelled pieces to `cancelledMinor`. */
@Entity({ schema: 'orders', name: 'order_header' })
export class OrderHeaderRow {
  /** UUIDv7: the order of the ids is the order in time. */
  @PrimaryColumn('uuid', { name: 'order_id' })
  orderId!: string;

  @Column('text', { nullable: true })
  reference!: string | null;

  @Column('text', { name: 'customer_id' })
  customerId!: string;

  /** Who pays, where no card does. */
  @Column('text', { name: 'account_id', nullable: true })
  accountId!: string | null;

  /** What pays, where no account does. */
  @Column('text', { name: 'card_token', nullable: true })
  cardToken!: string | null;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text', { nullable: true })
  country!: string | null;

  @Column('text')
  status!: OrderStatus;

  @Column('text')
  fulfilment!: Fulfilment;

  @Column('text')
  currency!: string;

  /** What was ordered; cancelling does not change it. */
  @Column('bigint', { name: 'total_minor', transformer: bigintColumn })
  totalMinor!: bigint;

  @Column('bigint', { name: 'cancelled_minor', transformer: bigintColumn })
  cancelledMinor!: bigint;

  @Column('uuid', { name: 'payment_id', nullable: true })
  paymentId!: string | null;

  @Column('uuid', { name: 'reservation_id', nullable: true })
  reservationId!: string | null;

  @Column('timestamptz', { name: 'placed_at' })
  placedAt!: Date;

  @Column('timestamptz', { name: 'fulfilled_at', nullable: true })
  fulfilledAt!: Date | null;

  /**
   * Whether a workflow has begun to change the order and money or stock have not followed yet. In one transaction nobody
   * else ever sees it; in several it keeps a second change from meeting the first half-way.
   */
  @Column('boolean')
  changing!: boolean;
}
