import { Column, Entity, PrimaryColumn, UpdateDateColumn, type ValueTransformer } from 'typeorm';

/** PostgreSQL's driver hands over a bigint as text. */
const minorUnits: ValueTransformer = { to: (amount: bigint) => amount, from: BigInt };

@Entity({ schema: 'catalog', name: 'product' })
export class ProductRow {
  @PrimaryColumn('text', { name: 'product_id' })
  productId!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('bigint', { name: 'price_minor', transformer: minorUnits })
  priceMinor!: bigint;

  @Column('text')
  currency!: string;

  @Column('boolean')
  active!: boolean;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
