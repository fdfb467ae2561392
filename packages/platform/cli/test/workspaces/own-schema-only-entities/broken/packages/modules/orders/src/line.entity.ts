import { Product } from '@shop/catalog';
import { Column, Entity, JoinTable, ManyToMany, ManyToOne, OneToOne, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'catalog', name: 'line' })
export class LineRow {
  @PrimaryColumn('uuid')
  lineId!: string;

  @ManyToOne(() => Product)
  product!: Product;

  @OneToOne('ProductRow')
  row!: object;

  @ManyToMany(() => LineRow)
  @JoinTable({ schema: 'catalog', name: 'line_product' })
  others!: LineRow[];
}

@Entity({ schema: 'orders', name: 'bundle' })
export class BundleRow extends Product {
  @Column('text')
  name!: string;
}
