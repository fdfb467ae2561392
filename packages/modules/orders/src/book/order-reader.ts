import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { OrderNotFound, type WantedLine } from '../index.js';
import type { CancellableLine } from '../order-lines.js';
import { OrderHeaderRow } from './order-header.entity.js';
import { CANCELLATIONS_OF_ORDER, LINES_OF_ORDER } from './statements/parts-of-order.js';

export interface StoredLine extends CancellableLine {
  readonly name: string;
}

export interface StoredCancellation {
  readonly number: number;
  readonly lines: WantedLine[];
  readonly amountMinor: bigint;
  readonly reason: string | null;
  readonly cancelledAt: Date;
}

/** An order with all that belongs to it. */
export interface StoredOrder extends Readonly<OrderHeaderRow> {
  readonly lines: readonly StoredLine[];
  readonly cancellations: readonly StoredCancellation[];
}

/** Reads whole orders. */
@Injectable()
export class OrderReader {
  constructor(@InjectRepository(OrderHeaderRow) private readonly headers: Repository<OrderHeaderRow>) {}

  /** In one statement, so that header, lines and cancellations are of one moment. @throws OrderNotFound */
  async read(orderId: string): Promise<StoredOrder> {
    const { entities, raw } = await this.headers
      .createQueryBuilder('header')
      .addSelect(LINES_OF_ORDER, 'lines')
      .addSelect(CANCELLATIONS_OF_ORDER, 'cancellations')
      .where({ orderId })
      .getRawAndEntities();
    const [header] = entities;
    if (header === undefined) throw new OrderNotFound({ orderId });
    return { ...header, lines: raw[0].lines.map(toLine), cancellations: raw[0].cancellations.map(toCancellation) };
  }

  /** Whoever changes an order holds its lock, so that what was read stays true until the commit. @throws OrderNotFound */
  async lock(orderId: string): Promise<StoredOrder> {
    await this.headers.findOne({ where: { orderId }, lock: { mode: 'for_no_key_update' } });
    return this.read(orderId);
  }
}

/** What JSON has no form for travels as text. */
type Texts<T> = { readonly [K in keyof T]: T[K] extends bigint | Date ? string : T[K] };

function toLine(line: Texts<StoredLine>): StoredLine {
  return { ...line, unitPriceMinor: BigInt(line.unitPriceMinor) };
}

function toCancellation(cancellation: Texts<StoredCancellation>): StoredCancellation {
  const { amountMinor, cancelledAt } = cancellation;
  return { ...cancellation, amountMinor: BigInt(amountMinor), cancelledAt: new Date(cancelledAt) };
}
