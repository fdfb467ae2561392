import { defineError, z } from '@macrolith/contract';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, Entity, PrimaryColumn, Repository } from 'typeorm';
import type { Line } from '../cart.js';

@Entity({ schema: 'inventory', name: 'stock' })
export class StockRow {
  @PrimaryColumn('int', { name: 'product_id' })
  productId!: number;

  @Column('int')
  available!: number;
}

export class OutOfStock extends defineError(
  'inventory.out-of-stock',
  { productId: z.int() },
  (e) => `There is too little of product ${e.productId}. Order less of it.`,
) {}

@Injectable()
export class StockStore {
  constructor(@InjectRepository(StockRow) private readonly stock: Repository<StockRow>) {}

  /** Statements are sent in the order of the lines, so carts that are sorted lock rows in one order. */
  async take(lines: readonly Line[]): Promise<void> {
    await Promise.all(lines.map((line) => this.takeOne(line)));
  }

  async giveBack(lines: readonly Line[]): Promise<void> {
    await Promise.all(
      lines.map(({ productId, quantity }) => this.stock.increment({ productId }, 'available', quantity)),
    );
  }

  private async takeOne({ productId, quantity }: Line): Promise<void> {
    const { affected } = await this.stock
      .createQueryBuilder()
      .update()
      .set({ available: () => 'available - :quantity' })
      .where('product_id = :productId AND available >= :quantity', { productId, quantity })
      .execute();
    if (affected !== 1) throw new OutOfStock({ productId });
  }
}
