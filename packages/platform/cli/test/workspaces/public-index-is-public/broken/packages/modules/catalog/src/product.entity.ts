import { Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'catalog', name: 'product' })
export class ProductRow {
  @PrimaryColumn('text')
  productId!: string;
}
