import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn } from 'typeorm';
import type { OrderStatus, WantedLine } from '../index.js';
import { minorUnitsColumn } from './minor-units-column.js';

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

  @Column('text', { name: 'account_id' })
  accountId!: string;

  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text')
  status!: OrderStatus;

  @Column('text')
  currency!: string;

  /** What was ordered; cancelling does not change it. */
  @Column('bigint', { name: 'total_minor', transformer: minorUnitsColumn })
  totalMinor!: bigint;

  @Column('bigint', { name: 'cancelled_minor', transformer: minorUnitsColumn })
  cancelledMinor!: bigint;

  @Column('uuid', { name: 'payment_id', nullable: true })
  paymentId!: string | null;

  @Column('uuid', { name: 'reservation_id', nullable: true })
  reservationId!: string | null;

  @Column('timestamptz', { name: 'placed_at' })
  placedAt!: Date;

  @Column('timestamptz', { name: 'fulfilled_at', nullable: true })
  fulfilledAt!: Date | null;

  @OneToMany(
    () => OrderLineRow,
    (line) => line.order,
  )
  lines!: OrderLineRow[];

  @OneToMany(
    () => CancellationRow,
    (cancellation) => cancellation.order,
  )
  cancellations!: CancellationRow[];
}

@Entity({ schema: 'orders', name: 'order_line' })
export class OrderLineRow {
  @PrimaryColumn('uuid', { name: 'order_id' })
  orderId!: string;

  /** From 1, in the order of the basket. */
  @PrimaryColumn('integer', { name: 'line_number' })
  lineNumber!: number;

  @Column('text', { name: 'product_id' })
  productId!: string;

  /** What the product was called when it was ordered. */
  @Column('text')
  name!: string;

  @Column('integer')
  quantity!: number;

  @Column('integer')
  cancelled!: number;

  @Column('bigint', { name: 'unit_price_minor', transformer: minorUnitsColumn })
  unitPriceMinor!: bigint;

  @ManyToOne(
    () => OrderHeaderRow,
    (order) => order.lines,
  )
  @JoinColumn({ name: 'order_id' })
  order!: OrderHeaderRow;
}

@Entity({ schema: 'orders', name: 'cancellation' })
export class CancellationRow {
  @PrimaryColumn('uuid', { name: 'order_id' })
  orderId!: string;

  /** Counts the cancellations of one order, from 1. */
  @PrimaryColumn('integer')
  number!: number;

  @Column('jsonb')
  lines!: WantedLine[];

  @Column('bigint', { name: 'amount_minor', transformer: minorUnitsColumn })
  amountMinor!: bigint;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('timestamptz', { name: 'cancelled_at' })
  cancelledAt!: Date;

  @ManyToOne(
    () => OrderHeaderRow,
    (order) => order.cancellations,
  )
  @JoinColumn({ name: 'order_id' })
  order!: OrderHeaderRow;
}
