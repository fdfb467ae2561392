import { safeIntegerColumn } from '@macrolith/data';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many pieces of a product are in the house. The ledger adds up to it. */
@Entity({ schema: 'inventory', name: 'stock' })
export class StockRow {
  @PrimaryColumn('text', { name: 'product_id' })
  productId!: string;

  @Column('bigint', { transformer: safeIntegerColumn })
  available!: number;

  @Column('bigint', { transformer: safeIntegerColumn })
  reserved!: number;
}
