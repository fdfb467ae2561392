import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, Entity, PrimaryColumn, Repository } from 'typeorm';

@Entity({ schema: 'catalog', name: 'product' })
export class ProductRow {
  @PrimaryColumn('int', { name: 'product_id' })
  productId!: number;

  @Column('text')
  name!: string;

  @Column('int', { name: 'price_cents' })
  priceCents!: number;
}

export interface Price {
  readonly productId: number;
  readonly priceCents: number;
}

@Injectable()
export class ProductStore {
  constructor(@InjectRepository(ProductRow) private readonly products: Repository<ProductRow>) {}

  prices(productIds: readonly number[]): Promise<Price[]> {
    return this.products
      .createQueryBuilder('product')
      .select(['product.productId', 'product.priceCents'])
      .where('product.productId IN (:...productIds)', { productIds })
      .getMany();
  }
}
