import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ShipmentLine, ShipmentStatus } from './index.js';

/** The goods of one order, as one parcel. */
@Entity({ schema: 'shipping', name: 'shipment' })
export class ShipmentRow {
  /** UUIDv7: the order of the ids is the order in time. */
  @PrimaryColumn('uuid', { name: 'shipment_id' })
  shipmentId!: string;

  @Column('text', { name: 'order_id' })
  orderId!: string;

  @Column('text')
  status!: ShipmentStatus;

  @Column('jsonb')
  lines!: ShipmentLine[];

  /** The sum of the lines. */
  @Column('integer')
  pieces!: number;

  @Column('text', { name: 'tracking_code', nullable: true })
  trackingCode!: string | null;

  @Column('text', { name: 'refusal_reason', nullable: true })
  refusalReason!: string | null;

  /** Where the goods were when they were refused. */
  @Column('text', { name: 'refused_goods', nullable: true })
  refusedGoods!: 'in-house' | 'away' | null;

  @Column('timestamptz', { name: 'requested_at' })
  requestedAt!: Date;

  @Column('timestamptz', { name: 'dispatched_at', nullable: true })
  dispatchedAt!: Date | null;

  @Column('timestamptz', { name: 'delivered_at', nullable: true })
  deliveredAt!: Date | null;

  @Column('timestamptz', { name: 'refused_at', nullable: true })
  refusedAt!: Date | null;
}
