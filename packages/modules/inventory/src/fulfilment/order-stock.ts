import type { DataOf } from '@macrolith/contract';
import { Events, On } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Inventory, type StockLine } from '../index.js';
import { ReservationRow } from '../reservation.entity.js';
import { heldLines } from '../stock-lines.js';
import { orderCancelled, paymentCaptured, shipmentRefused } from './heard-events.js';

/**
 * Takes the goods of orders that are fulfilled automatically from the shelves once they are paid, and puts back what does
 * not leave the house. Each looks at the reservation under its lock and only does what is left to do, so news may come
 * twice and in any order.
 */
@Injectable()
export class OrderStock {
  constructor(
    @InjectRepository(ReservationRow) private readonly reservations: Repository<ReservationRow>,
    private readonly inventory: Inventory,
    private readonly events: Events,
  ) {}

  @On(paymentCaptured)
  async commitOrder({ orderId }: DataOf<typeof paymentCaptured>): Promise<void> {
    const kept = await this.lockReservationOf(orderId);
    if (kept?.status === 'committed') return;
    if (kept?.status !== 'held') {
      const reason = kept === null ? 'no-reservation' : 'released';
      await this.events.publish(Inventory.event.stockNotCommitted, { orderId, reason });
      return;
    }
    const { reservationId } = kept;
    const lines = heldLines(await this.inventory.getReservation({ reservationId }));
    await this.inventory.commit({ reservationId });
    await this.events.publish(Inventory.event.stockCommitted, { orderId, reservationId, lines });
  }

  /** What was taken from the shelves already is shipping's to keep or to send: it tells which. */
  @On(orderCancelled)
  async releaseOrder({ orderId, status, fulfilment }: DataOf<typeof orderCancelled>): Promise<void> {
    if (status !== 'cancelled' || fulfilment !== 'automatic') return;
    const kept = await this.lockReservationOf(orderId);
    if (kept?.status === 'held') await this.inventory.release({ reservationId: kept.reservationId });
  }

  /**
   * Goods that never left the house count again, as a receipt: the ledger goes on telling that they were taken from the
   * shelves. Those that are away count when they have really come back, and somebody has looked at them.
   */
  @On(shipmentRefused)
  async takeBack({ shipmentId, lines, goods }: DataOf<typeof shipmentRefused>): Promise<void> {
    if (goods !== 'in-house') return;
    for (const { productId, quantity } of inLockOrder(lines)) {
      await this.inventory.receive({ productId, quantity, reference: `shipment ${shipmentId}, ${productId}` });
    }
  }

  /** Whoever changes a reservation holds its lock, so that what was read of it stays true until the commit. */
  private lockReservationOf(orderId: string): Promise<ReservationRow | null> {
    return this.reservations.findOne({ where: { orderId }, lock: { mode: 'for_no_key_update' } });
  }
}

/** By product id, byte by byte, as every statement on stock takes its locks. */
function inLockOrder(lines: readonly StockLine[]): readonly StockLine[] {
  return [...lines].sort((a, b) => Buffer.compare(Buffer.from(a.productId), Buffer.from(b.productId)));
}
