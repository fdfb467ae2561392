import { Column, Entity, PrimaryColumn } from 'typeorm';
import { piecesColumn } from './pieces-column.js';

/** How many pieces of a product are in the house. The ledger adds up to it. */
@Entity({ schema: 'inventory', name: 'stock' })
export class StockRow {
  @PrimaryColumn('text', { name: 'product_id' })
  productId!: string;

  @Column('bigint', { transformer: piecesColumn })
  available!: number;

  @Column('bigint', { transformer: piecesColumn })
  reserved!: number;
}
