import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { OrderNotFound } from '../index.js';
import { OrderHeaderRow } from './order.entity.js';

/** Reads an order with all that belongs to it. */
@Injectable()
export class OrderReader {
  constructor(@InjectRepository(OrderHeaderRow) private readonly headers: Repository<OrderHeaderRow>) {}

  /** @throws OrderNotFound */
  async read(orderId: string): Promise<OrderHeaderRow> {
    const row = await this.headers.findOne({
      where: { orderId },
      relations: { lines: true, cancellations: true },
      // Joined, every line would be read once per cancellation.
      relationLoadStrategy: 'query',
      order: { lines: { lineNumber: 'ASC' }, cancellations: { number: 'ASC' } },
    });
    if (row === null) throw new OrderNotFound({ orderId });
    return row;
  }

  /** Whoever changes an order holds its lock, so that what was read stays true until the commit. @throws OrderNotFound */
  async lock(orderId: string): Promise<OrderHeaderRow> {
    await this.headers.findOne({ where: { orderId }, lock: { mode: 'for_no_key_update' } });
    return this.read(orderId);
  }
}
