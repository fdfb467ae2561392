import { Column, CreateDateColumn, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn } from 'typeorm';

/** Stock that is kept for an order. */
@Entity({ schema: 'inventory', name: 'reservation' })
export class ReservationRow {
  @PrimaryColumn('uuid', { name: 'reservation_id' })
  reservationId!: string;

  @Column('text', { name: 'order_id' })
  orderId!: string;

  @Column('text')
  status!: 'held' | 'committed' | 'released';

  @CreateDateColumn({ name: 'reserved_at', type: 'timestamptz' })
  reservedAt!: Date;

  @OneToMany(
    () => ReservationLineRow,
    (line) => line.reservation,
  )
  lines!: ReservationLineRow[];
}

@Entity({ schema: 'inventory', name: 'reservation_line' })
export class ReservationLineRow {
  @PrimaryColumn('uuid', { name: 'reservation_id' })
  reservationId!: string;

  @PrimaryColumn('text', { name: 'product_id' })
  productId!: string;

  /** Pieces that were reserved. */
  @Column('integer')
  quantity!: number;

  /** Pieces that are still kept. */
  @Column('integer')
  held!: number;

  @ManyToOne(
    () => ReservationRow,
    (reservation) => reservation.lines,
  )
  @JoinColumn({ name: 'reservation_id' })
  reservation!: ReservationRow;
}
