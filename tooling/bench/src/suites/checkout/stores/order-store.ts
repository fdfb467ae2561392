import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, CreateDateColumn, Entity, PrimaryColumn, Repository } from 'typeorm';
import type { PricedLine } from '../cart.js';

@Entity({ schema: 'orders', name: 'order_header' })
export class OrderRow {
  @PrimaryColumn('uuid', { name: 'order_id' })
  orderId!: string;

  @Column('text')
  customer!: string;

  @Column('int', { name: 'total_cents' })
  totalCents!: number;

  @Column('text')
  status!: string;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;
}

@Entity({ schema: 'orders', name: 'order_line' })
export class OrderLineRow {
  @PrimaryColumn('uuid', { name: 'order_id' })
  orderId!: string;

  @PrimaryColumn('int', { name: 'line_number' })
  lineNumber!: number;

  @Column('int', { name: 'product_id' })
  productId!: number;

  @Column('int')
  quantity!: number;

  @Column('int', { name: 'price_cents' })
  priceCents!: number;
}

/** News of an order, for whoever will carry them. A plain table, so that all contenders write the same row. */
@Entity({ schema: 'orders', name: 'news' })
export class NewsRow {
  @PrimaryColumn('uuid', { name: 'news_id' })
  newsId!: string;

  @Column('text')
  type!: string;

  @Column('uuid', { name: 'order_id' })
  orderId!: string;

  @Column('jsonb')
  payload!: object;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;
}

export interface NewOrder {
  readonly orderId: string;
  readonly customer: string;
  readonly totalCents: number;
  readonly lines: readonly PricedLine[];
}

@Injectable()
export class OrderStore {
  constructor(
    @InjectRepository(OrderRow) private readonly orders: Repository<OrderRow>,
    @InjectRepository(OrderLineRow) private readonly lines: Repository<OrderLineRow>,
    @InjectRepository(NewsRow) private readonly news: Repository<NewsRow>,
  ) {}

  async add({ orderId, customer, totalCents, lines }: NewOrder): Promise<void> {
    await Promise.all([
      this.orders.insert({ orderId, customer, totalCents, status: 'placed' }),
      this.lines.insert(lines.map((line, index) => ({ orderId, lineNumber: index + 1, ...line }))),
      this.news.insert({ newsId: randomUUID(), type: 'order.placed.v1', orderId, payload: { orderId, totalCents } }),
    ]);
  }

  /** News are left alone: what was told is told. */
  async remove(orderId: string): Promise<void> {
    await this.lines.delete({ orderId });
    await this.orders.delete({ orderId });
  }
}
