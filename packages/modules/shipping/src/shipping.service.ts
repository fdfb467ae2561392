import { randomUUIDv7 } from 'node:crypto';
import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { Transactional } from '@macrolith/data';
import { Events } from '@macrolith/events';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { InvalidShipmentState, type Shipment, ShipmentNotFound, Shipping } from './index.js';
import { ORDER_WITHDRAWN, piecesOf, refusalAtRequest } from './refusal-at-request.js';
import { ShipmentRow } from './shipment.entity.js';
import { type ShipmentAction, statusAfter, whereabouts } from './shipment-status.js';
import { KNOW_ORDER, type KnownOrderRow } from './statements/know-order.js';
import { toShipment, toSummary } from './views.js';

@Injectable()
export class ShippingService implements Shipping {
  constructor(
    @InjectRepository(ShipmentRow) private readonly shipments: Repository<ShipmentRow>,
    private readonly events: Events,
  ) {}

  @Transactional()
  async request({ orderId, lines }: InputOf<Shipping['request']>): Promise<Shipment> {
    const isWithdrawn = await this.know(orderId, false);
    const earlier = await this.shipments.findOneBy({ orderId });
    if (earlier !== null) return toShipment(earlier);

    const requested = this.requested(orderId, lines);
    const reason = refusalAtRequest(lines, isWithdrawn);
    const shipment = reason === undefined ? requested : asRefused(requested, reason);
    await this.shipments.insert(shipment);
    if (reason === undefined) await this.announceRequest(shipment);
    else await this.announceRefusal(shipment);
    return toShipment(shipment);
  }

  @Transactional()
  async withdraw({ orderId }: InputOf<Shipping['withdraw']>): Promise<void> {
    await this.know(orderId, true);
    const shipment = await this.shipments.findOne({ where: { orderId }, lock: { mode: 'for_no_key_update' } });
    if (shipment?.status === 'requested') await this.refuseNow(shipment, ORDER_WITHDRAWN);
  }

  @Transactional()
  async dispatch({ shipmentId, trackingCode }: InputOf<Shipping['dispatch']>): Promise<Shipment> {
    const shipment = await this.lock(shipmentId, 'dispatch');
    const { orderId } = shipment;
    const changes = { status: 'dispatched' as const, dispatchedAt: new Date(), trackingCode: trackingCode ?? null };
    await this.shipments.update({ shipmentId }, changes);
    await this.events.publish(Shipping.event.shipmentDispatched, {
      shipmentId,
      orderId,
      ...(trackingCode === undefined ? {} : { trackingCode }),
    });
    return toShipment({ ...shipment, ...changes });
  }

  @Transactional()
  async deliver({ shipmentId }: InputOf<Shipping['deliver']>): Promise<Shipment> {
    const shipment = await this.lock(shipmentId, 'deliver');
    const changes = { status: 'delivered' as const, deliveredAt: new Date() };
    await this.shipments.update({ shipmentId }, changes);
    await this.events.publish(Shipping.event.shipmentDelivered, { shipmentId, orderId: shipment.orderId });
    return toShipment({ ...shipment, ...changes });
  }

  @Transactional()
  async refuse({ shipmentId, reason }: InputOf<Shipping['refuse']>): Promise<Shipment> {
    return toShipment(await this.refuseNow(await this.lock(shipmentId, 'refuse'), reason));
  }

  async getShipment({ shipmentId }: InputOf<Shipping['getShipment']>): Promise<Shipment> {
    const row = await this.shipments.findOneBy({ shipmentId });
    if (row === null) throw new ShipmentNotFound({ shipmentId });
    return toShipment(row);
  }

  async listShipments(request: InputOf<Shipping['listShipments']>): Promise<OutputOf<Shipping['listShipments']>> {
    const { orderId, status, cursor, limit = 20 } = request;
    const page = this.shipments
      .createQueryBuilder('shipment')
      .orderBy('shipment.shipmentId', 'DESC')
      .limit(limit + 1);
    if (cursor !== undefined) page.andWhere('shipment.shipmentId < :cursor', { cursor });
    if (orderId !== undefined) page.andWhere({ orderId });
    if (status !== undefined) page.andWhere({ status });

    const summaries = (await page.getMany()).map(toSummary);
    return pageFrom(summaries, limit, (last) => last.shipmentId);
  }

  /** Whether the order is off. The order's lock is held from now on. */
  private async know(orderId: string, isWithdrawn: boolean): Promise<boolean> {
    const [known]: [KnownOrderRow] = await this.shipments.query(KNOW_ORDER, [orderId, isWithdrawn]);
    return known.withdrawn;
  }

  /** Whoever changes a shipment holds its lock, so that what was read of it stays true until the commit. */
  private async lock(shipmentId: string, action: ShipmentAction): Promise<ShipmentRow> {
    const row = await this.shipments.findOne({ where: { shipmentId }, lock: { mode: 'for_no_key_update' } });
    if (row === null) throw new ShipmentNotFound({ shipmentId });
    if (statusAfter(row.status, action) !== undefined) return row;
    throw new InvalidShipmentState({ shipmentId, state: row.status, action });
  }

  private requested(orderId: string, lines: ShipmentRow['lines']): ShipmentRow {
    return this.shipments.create({
      shipmentId: randomUUIDv7(),
      orderId,
      status: 'requested',
      lines,
      pieces: piecesOf(lines),
      trackingCode: null,
      refusalReason: null,
      refusedGoods: null,
      requestedAt: new Date(),
      dispatchedAt: null,
      deliveredAt: null,
      refusedAt: null,
    });
  }

  private async refuseNow(row: ShipmentRow, reason: string): Promise<ShipmentRow> {
    const refused = asRefused(row, reason);
    const { shipmentId, status, refusalReason, refusedGoods, refusedAt } = refused;
    await this.shipments.update({ shipmentId }, { status, refusalReason, refusedGoods, refusedAt });
    await this.announceRefusal(refused);
    return refused;
  }

  private async announceRequest({ shipmentId, orderId, lines }: ShipmentRow): Promise<void> {
    await this.events.publish(Shipping.event.shipmentRequested, { shipmentId, orderId, lines });
  }

  private async announceRefusal(refused: ShipmentRow): Promise<void> {
    const { shipmentId, orderId, lines, refusalReason, refusedGoods } = refused;
    await this.events.publish(Shipping.event.shipmentRefused, {
      shipmentId,
      orderId,
      lines,
      reason: refusalReason!,
      goods: refusedGoods!,
    });
  }
}

function asRefused(row: ShipmentRow, reason: string): ShipmentRow {
  return {
    ...row,
    status: 'refused',
    refusalReason: reason,
    refusedGoods: whereabouts(row.status),
    refusedAt: new Date(),
  };
}
