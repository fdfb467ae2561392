import { Column, Entity, ManyToOne, OneToMany, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'orders', name: 'line' })
export class LineRow {
  @PrimaryColumn('uuid')
  lineId!: string;

  @Column('text')
  productId!: string;

  @ManyToOne('OrderRow')
  order!: object;
}

@Entity({ schema: 'orders', name: 'order' })
export class OrderRow {
  @OneToMany(() => LineRow, (line) => line.order)
  lines!: LineRow[];
}
