import { bigintColumn } from '@macrolith/data';
import { Column, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

@Entity({ schema: 'catalog', name: 'product' })
export class ProductRow {
  @PrimaryColumn('text', { name: 'product_id' })
  productId!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('bigint', { name: 'price_minor', transformer: bigintColumn })
  priceMinor!: bigint;

  @Column('text')
  currency!: string;

  @Column('boolean')
  active!: boolean;

  @UpdateDateColumn({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
