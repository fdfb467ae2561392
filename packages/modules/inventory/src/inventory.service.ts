import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { Transactional } from '@macrolith/data';
import { Events } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import {
  Inventory,
  OrderAlreadyReserved,
  OutOfStock,
  ReceiptConflict,
  type Reservation,
  ReservationEnded,
  ReservationNotFound,
  type StockLevel,
  type StockLine,
} from './index.js';
import { MovementRow } from './movement.entity.js';
import { ReservationRow } from './reservation.entity.js';
import { RECEIVE, type ReceivedRow } from './statements/receive.js';
import { RESERVE, type ReserveRow } from './statements/reserve.js';
import { SETTLE } from './statements/settle.js';
import { StockRow } from './stock.entity.js';
import { heldLines, linesToRelease, mergeLines, without } from './stock-lines.js';

@Injectable()
export class InventoryService implements Inventory {
  constructor(
    @InjectRepository(StockRow) private readonly stock: Repository<StockRow>,
    @InjectRepository(MovementRow) private readonly movements: Repository<MovementRow>,
    @InjectRepository(ReservationRow) private readonly reservations: Repository<ReservationRow>,
    private readonly events: Events,
  ) {}

  @Transactional()
  async receive({ productId, quantity, reference }: InputOf<Inventory['receive']>): Promise<StockLevel> {
    const [level]: ReceivedRow[] = await this.stock.query(RECEIVE, [productId, quantity, reference]);
    if (level === undefined) return this.receivedBefore({ productId, quantity }, reference);

    const { available } = level;
    await this.events.publish(Inventory.event.stockReceived, { productId, quantity, reference, available });
    return { productId, ...level };
  }

  @Transactional()
  async reserve({ orderId, lines }: InputOf<Inventory['reserve']>): Promise<OutputOf<Inventory['reserve']>> {
    const wanted = mergeLines(lines);
    const [outcome]: [ReserveRow] = await this.stock.query(RESERVE, [orderId, ...columns(wanted)]);
    if (outcome.reservation_id === null) throw await this.refusal(orderId, outcome);

    for (const productId of outcome.depleted) {
      await this.events.publish(Inventory.event.stockDepleted, { productId });
    }
    return { reservationId: outcome.reservation_id };
  }

  @Transactional()
  async release({ reservationId, lines }: InputOf<Inventory['release']>): Promise<Reservation> {
    const reservation = await this.lock(reservationId);
    if (reservation.status === 'committed') throw new ReservationEnded({ reservationId, state: 'committed' });
    return this.settle(reservation, linesToRelease(reservation, lines), 'released');
  }

  @Transactional()
  async commit({ reservationId }: InputOf<Inventory['commit']>): Promise<Reservation> {
    const reservation = await this.lock(reservationId);
    if (reservation.status === 'released') throw new ReservationEnded({ reservationId, state: 'released' });
    return this.settle(reservation, heldLines(reservation), 'committed');
  }

  async getStock({ productIds }: InputOf<Inventory['getStock']>): Promise<StockLevel[]> {
    const rows = await this.stock
      .createQueryBuilder('stock')
      .where('stock.productId = ANY (:productIds)', { productIds })
      .getMany();
    const known = new Map(rows.map((row) => [row.productId, toLevel(row)]));
    return productIds.map((productId) => known.get(productId) ?? { productId, available: 0, reserved: 0 });
  }

  async listStock(request: InputOf<Inventory['listStock']>): Promise<OutputOf<Inventory['listStock']>> {
    const { q = '', availableAtMost, cursor, limit = 20 } = request;
    const page = this.stock
      .createQueryBuilder('stock')
      .orderBy('stock.productId')
      .limit(limit + 1);
    if (cursor !== undefined) page.andWhere('stock.productId > :cursor', { cursor });
    if (availableAtMost !== undefined) page.andWhere('stock.available <= :availableAtMost', { availableAtMost });
    if (q !== '') page.andWhere(`strpos(lower(stock.productId), lower(:q)) > 0`, { q });

    const levels = (await page.getMany()).map(toLevel);
    return pageFrom(levels, limit, (last) => last.productId);
  }

  async getReservation({ reservationId }: InputOf<Inventory['getReservation']>): Promise<Reservation> {
    const row = await this.reservations
      .createQueryBuilder('reservation')
      .innerJoinAndSelect('reservation.lines', 'line')
      .where({ reservationId })
      .orderBy('line.productId')
      .getOne();
    if (row === null) throw new ReservationNotFound({ reservationId });
    return toReservation(row);
  }

  /** A receipt that is sent again changes nothing; another receipt must not borrow its reference. */
  private async receivedBefore(line: StockLine, reference: string): Promise<StockLevel> {
    const { productId, quantity } = await this.movements.findOneByOrFail({ kind: 'received', reference });
    if (productId !== line.productId || quantity !== line.quantity) {
      throw new ReceiptConflict({ reference, productId, quantity });
    }
    return toLevel(await this.stock.findOneByOrFail({ productId }));
  }

  private async refusal(orderId: string, outcome: ReserveRow): Promise<OutOfStock | OrderAlreadyReserved> {
    if (outcome.earlier_reservation_id === null && outcome.short_product_id !== null) {
      return new OutOfStock({
        productId: outcome.short_product_id,
        requested: outcome.short_requested!,
        available: outcome.short_available!,
      });
    }
    // A reservation that was made while this one waited for its locks is not in the statement's snapshot: read again.
    const { reservationId } = await this.reservations.findOneByOrFail({ orderId });
    return new OrderAlreadyReserved({ orderId, reservationId });
  }

  /** Whoever changes a reservation holds its lock, so that what was read of it stays true until the commit. */
  private async lock(reservationId: string): Promise<Reservation> {
    await this.reservations.findOne({ where: { reservationId }, lock: { mode: 'for_no_key_update' } });
    return this.getReservation({ reservationId });
  }

  private async settle(
    reservation: Reservation,
    lines: readonly StockLine[],
    kind: 'released' | 'committed',
  ): Promise<Reservation> {
    if (lines.length === 0) return reservation;
    const settled = without(reservation, lines, kind);
    await this.stock.query(SETTLE, [reservation.reservationId, kind, ...columns(lines), settled.status]);
    return settled;
  }
}

/** Two arrays for PostgreSQL's `unnest`: the statement's text stays the same for every number of lines. */
function columns(lines: readonly StockLine[]): [string[], number[]] {
  return [lines.map((line) => line.productId), lines.map((line) => line.quantity)];
}

function toLevel({ productId, available, reserved }: StockRow): StockLevel {
  return { productId, available, reserved };
}

function toReservation({ reservationId, orderId, status, lines }: ReservationRow): Reservation {
  return {
    reservationId,
    orderId,
    status,
    lines: lines.map(({ productId, quantity, held }) => ({ productId, quantity, held })),
  };
}
