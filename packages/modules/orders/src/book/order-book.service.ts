import { randomUUIDv7 } from 'node:crypto';
import type { InputOf, OutputOf } from '@macrolith/contract';
import { Transactional } from '@macrolith/data';
import { Events } from '@macrolith/events';
import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import {
  LineNotCancellable,
  type Order,
  OrderBeingFulfilled,
  OrderChanging,
  OrderNotCancellable,
  OrderNotFulfillable,
  OrderReferenceTaken,
  OrderSuspected,
  Orders,
  type WantedLine,
} from '../index.js';
import { strike } from '../order-lines.js';
import { statusAfter } from '../order-status.js';
import { price } from '../pricing.js';
import { isSuspicious } from '../suspicion.js';
import { CancellationRow } from './cancellation.entity.js';
import { OrderBook } from './order-book.js';
import { cancelledEvent, fulfilledEvent, placedEvent } from './order-events.js';
import { OrderHeaderRow } from './order-header.entity.js';
import { OrderReader, type StoredOrder } from './order-reader.js';
import { OPEN_ORDER, openOrderValues } from './statements/open-order.js';
import { STRIKE_LINES } from './statements/strike-lines.js';
import { toOrder, toPendingOrder } from './views.js';

@Injectable()
export class OrderBookService implements OrderBook {
  private readonly logger = new Logger('Orders');

  constructor(
    @InjectRepository(OrderHeaderRow) private readonly headers: Repository<OrderHeaderRow>,
    @InjectRepository(CancellationRow) private readonly cancellations: Repository<CancellationRow>,
    private readonly reader: OrderReader,
    private readonly events: Events,
  ) {}

  async open({ quotes, ...request }: InputOf<OrderBook['open']>): Promise<Order> {
    const priced = price(request.lines, quotes);
    const orderId = randomUUIDv7();
    const placedAt = new Date();
    const rows: unknown[] = await this.headers.query(OPEN_ORDER, openOrderValues(orderId, request, priced, placedAt));
    if (rows.length === 0) throw await this.referenceTaken(request.reference!);
    return toPendingOrder(orderId, request, priced, placedAt);
  }

  async withdraw({ orderId }: InputOf<OrderBook['withdraw']>): Promise<void> {
    await this.headers.delete({ orderId, status: 'pending' });
  }

  /** What speaks against an order is told to the shop, and not to whoever ordered. */
  async clear({ order, risk }: InputOf<OrderBook['clear']>): Promise<number> {
    if (!isSuspicious(risk)) return risk.score;
    const { orderId, customerId } = order;
    this.logger.warn({ customerId, orderId, ...risk }, 'An order that looks like fraud was refused');
    throw new OrderSuspected({ customerId });
  }

  async confirm({ order, paymentId, reservationId }: InputOf<OrderBook['confirm']>): Promise<Order> {
    const { orderId } = order;
    const status = statusAfter(order.status, 'confirm')!;
    await this.headers.update({ orderId, status: order.status }, { status, paymentId, reservationId });
    await this.events.publish(Orders.event.orderPlaced, placedEvent(order));
    return { ...order, status, paymentId, reservationId };
  }

  @Transactional()
  async strike(request: InputOf<OrderBook['strike']>): Promise<OutputOf<OrderBook['strike']>> {
    const { orderId, lines, reason, from, leavesToOthers = false } = request;
    const row = await this.lockForChange(orderId);
    if (row.status !== from) throw new OrderNotCancellable({ orderId, state: row.status });

    const struck = strike(row.lines, lines);
    if ('refused' in struck) {
      const { productId, quantity } = struck.refused;
      throw new LineNotCancellable({ orderId, productId, requested: quantity, left: struck.left });
    }

    const endsSaga = struck.whole && row.fulfilment === 'automatic' && row.status === 'placed';
    if (endsSaga && !leavesToOthers) throw new OrderBeingFulfilled({ orderId });

    const cancellation = {
      number: row.cancellations.length + 1,
      lines: [...struck.lines],
      amountMinor: struck.amountMinor,
      reason: reason ?? null,
      cancelledAt: new Date(),
    };
    const status = struck.whole ? statusAfter(row.status, 'cancel')! : row.status;
    const cancelledMinor = row.cancelledMinor + struck.amountMinor;
    await Promise.all([
      this.strikeLines(orderId, struck.lines, 1),
      this.cancellations.insert({ orderId, ...cancellation }),
      this.headers.update({ orderId }, { status, cancelledMinor, changing: true }),
    ]);

    const pieces = new Map(struck.lines.map((line) => [line.productId, line.quantity]));
    const order = toOrder({
      ...row,
      status,
      cancelledMinor,
      lines: row.lines.map((line) => ({ ...line, cancelled: line.cancelled + (pieces.get(line.productId) ?? 0) })),
      cancellations: [...row.cancellations, cancellation],
    });
    return { order, cancellation: order.cancellations.at(-1)!, whole: struck.whole };
  }

  @Transactional()
  async restore({ orderId, number, status }: InputOf<OrderBook['restore']>): Promise<void> {
    const row = await this.reader.lock(orderId);
    const cancellation = row.cancellations.find((candidate) => candidate.number === number);
    if (cancellation === undefined) return;
    await Promise.all([
      this.strikeLines(orderId, cancellation.lines, -1),
      this.cancellations.delete({ orderId, number }),
      this.headers.update(
        { orderId },
        { status, cancelledMinor: row.cancelledMinor - cancellation.amountMinor, changing: false },
      ),
    ]);
  }

  async announceCancellation({ order, cancellation }: InputOf<OrderBook['announceCancellation']>): Promise<void> {
    await this.headers.update({ orderId: order.orderId }, { changing: false });
    await this.events.publish(Orders.event.orderCancelled, cancelledEvent(order, cancellation));
  }

  @Transactional()
  async fulfil({ orderId, fulfilment = 'manual' }: InputOf<OrderBook['fulfil']>): Promise<Order> {
    const row = await this.lockForChange(orderId);
    const status = statusAfter(row.status, 'fulfil');
    if (status === undefined) throw new OrderNotFulfillable({ orderId, state: row.status });
    if (row.fulfilment !== fulfilment) throw new OrderBeingFulfilled({ orderId });
    const fulfilledAt = new Date();
    await this.headers.update({ orderId }, { status, fulfilledAt, changing: true });
    return toOrder({ ...row, status, fulfilledAt });
  }

  async reopen({ orderId }: InputOf<OrderBook['reopen']>): Promise<void> {
    await this.headers.update(
      { orderId, status: 'fulfilled' },
      { status: 'placed', fulfilledAt: null, changing: false },
    );
  }

  async announceFulfilment({ order }: InputOf<OrderBook['announceFulfilment']>): Promise<void> {
    await this.headers.update({ orderId: order.orderId }, { changing: false });
    await this.events.publish(Orders.event.orderFulfilled, fulfilledEvent(order));
  }

  /** @throws OrderNotFound, OrderChanging */
  private async lockForChange(orderId: string): Promise<StoredOrder> {
    const row = await this.reader.lock(orderId);
    if (row.changing) throw new OrderChanging({ orderId });
    return row;
  }

  private async strikeLines(orderId: string, lines: readonly WantedLine[], sign: 1 | -1): Promise<void> {
    const products = lines.map((line) => line.productId);
    const pieces = lines.map((line) => sign * line.quantity);
    await this.headers.query(STRIKE_LINES, [orderId, products, pieces]);
  }

  private async referenceTaken(reference: string): Promise<OrderReferenceTaken> {
    const { orderId } = await this.headers.findOneByOrFail({ reference });
    return new OrderReferenceTaken({ reference, orderId });
  }
}
