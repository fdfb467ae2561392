/** An inventory in memory that keeps the same contract: for tests of modules that use it. */
import { randomUUID } from 'node:crypto';
import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
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
import { heldLines, linesToRelease, mergeLines, without } from './stock-lines.js';

/** The inventory in memory. It passes the contract suite of the real one; it publishes no events. */
export class FakeInventory implements Inventory {
  private readonly levels = new Map<string, StockLevel>();
  private readonly receipts = new Map<string, StockLine>();
  private readonly reservations = new Map<string, Reservation>();

  async receive({ productId, quantity, reference }: InputOf<Inventory['receive']>): Promise<StockLevel> {
    const earlier = this.receipts.get(reference);
    if (earlier === undefined) {
      this.receipts.set(reference, { productId, quantity });
      this.change(productId, { available: quantity });
    } else if (earlier.productId !== productId || earlier.quantity !== quantity) {
      throw new ReceiptConflict({ reference, ...earlier });
    }
    return this.level(productId);
  }

  async reserve({ orderId, lines }: InputOf<Inventory['reserve']>): Promise<OutputOf<Inventory['reserve']>> {
    const earlier = [...this.reservations.values()].find((reservation) => reservation.orderId === orderId);
    if (earlier) throw new OrderAlreadyReserved({ orderId, reservationId: earlier.reservationId });
    const wanted = mergeLines(lines);
    for (const { productId, quantity } of wanted) {
      const { available } = this.level(productId);
      if (available < quantity) throw new OutOfStock({ productId, requested: quantity, available });
    }

    for (const { productId, quantity } of wanted) this.change(productId, { available: -quantity, reserved: quantity });
    const reservationId = randomUUID();
    this.reservations.set(reservationId, {
      reservationId,
      orderId,
      status: 'held',
      lines: wanted
        .map((line) => ({ ...line, held: line.quantity }))
        .sort((a, b) => (a.productId < b.productId ? -1 : 1)),
    });
    return { reservationId };
  }

  async release({ reservationId, lines }: InputOf<Inventory['release']>): Promise<Reservation> {
    const reservation = await this.getReservation({ reservationId });
    if (reservation.status === 'committed') throw new ReservationEnded({ reservationId, state: 'committed' });
    const released = linesToRelease(reservation, lines);
    for (const { productId, quantity } of released)
      this.change(productId, { available: quantity, reserved: -quantity });
    return this.keep(without(reservation, released, 'released'));
  }

  async commit({ reservationId }: InputOf<Inventory['commit']>): Promise<Reservation> {
    const reservation = await this.getReservation({ reservationId });
    if (reservation.status === 'released') throw new ReservationEnded({ reservationId, state: 'released' });
    const committed = heldLines(reservation);
    for (const { productId, quantity } of committed) this.change(productId, { reserved: -quantity });
    return this.keep(without(reservation, committed, 'committed'));
  }

  async getStock({ productIds }: InputOf<Inventory['getStock']>): Promise<StockLevel[]> {
    return productIds.map((productId) => this.level(productId));
  }

  async listStock(request: InputOf<Inventory['listStock']>): Promise<OutputOf<Inventory['listStock']>> {
    const { q = '', availableAtMost = Number.POSITIVE_INFINITY, cursor = '', limit = 20 } = request;
    const found = [...this.levels.values()]
      .filter(({ productId }) => productId.toLowerCase().includes(q.toLowerCase()) && productId > cursor)
      .filter(({ available }) => available <= availableAtMost)
      .sort((a, b) => (a.productId < b.productId ? -1 : 1));
    return pageFrom(structuredClone(found), limit, (last) => last.productId);
  }

  async getReservation({ reservationId }: InputOf<Inventory['getReservation']>): Promise<Reservation> {
    const reservation = this.reservations.get(reservationId);
    if (reservation === undefined) throw new ReservationNotFound({ reservationId });
    return structuredClone(reservation);
  }

  private level(productId: string): StockLevel {
    return { ...(this.levels.get(productId) ?? { productId, available: 0, reserved: 0 }) };
  }

  private change(productId: string, by: { available?: number; reserved?: number }): void {
    const { available, reserved } = this.level(productId);
    this.levels.set(productId, {
      productId,
      available: available + (by.available ?? 0),
      reserved: reserved + (by.reserved ?? 0),
    });
  }

  private keep(reservation: Reservation): Reservation {
    this.reservations.set(reservation.reservationId, reservation);
    return structuredClone(reservation);
  }
}
