/** Shipping in memory that keeps the same contract: for tests of modules that use it. */
import { randomUUIDv7 } from 'node:crypto';
import { type InputOf, type OutputOf, pageFrom } from '@macrolith/contract';
import { InvalidShipmentState, type Shipment, ShipmentNotFound, Shipping } from './index.js';
import { ORDER_WITHDRAWN, piecesOf, refusalAtRequest } from './refusal-at-request.js';
import { type ShipmentAction, statusAfter, whereabouts } from './shipment-status.js';

/** Input for `request`: two lanterns for the order `1001`, with `changes` applied. */
export function goods(changes: Partial<InputOf<Shipping['request']>> = {}): InputOf<Shipping['request']> {
  return { orderId: '1001', lines: [{ productId: '71053', quantity: 2 }], ...changes };
}

/** Shipping in memory. It passes the contract suite of the real one; it publishes and hears no events. */
export class FakeShipping implements Shipping {
  private readonly shipments = new Map<string, Shipment>();
  private readonly withdrawn = new Set<string>();

  async request({ orderId, lines }: InputOf<Shipping['request']>): Promise<Shipment> {
    const earlier = this.findByOrder(orderId);
    if (earlier !== undefined) return structuredClone(earlier);
    const shipment: Shipment = {
      shipmentId: randomUUIDv7(),
      orderId,
      status: 'requested',
      lines,
      pieces: piecesOf(lines),
      requestedAt: new Date(),
    };
    const reason = refusalAtRequest(lines, this.withdrawn.has(orderId));
    return this.put(reason === undefined ? shipment : asRefused(shipment, reason));
  }

  async withdraw({ orderId }: InputOf<Shipping['withdraw']>): Promise<void> {
    this.withdrawn.add(orderId);
    const shipment = this.findByOrder(orderId);
    if (shipment?.status === 'requested') this.put(asRefused(shipment, ORDER_WITHDRAWN));
  }

  async dispatch({ shipmentId, trackingCode }: InputOf<Shipping['dispatch']>): Promise<Shipment> {
    const shipment = this.findFor(shipmentId, 'dispatch');
    const code = trackingCode === undefined ? {} : { trackingCode };
    return this.put({ ...shipment, ...code, status: 'dispatched', dispatchedAt: new Date() });
  }

  async deliver({ shipmentId }: InputOf<Shipping['deliver']>): Promise<Shipment> {
    return this.put({ ...this.findFor(shipmentId, 'deliver'), status: 'delivered', deliveredAt: new Date() });
  }

  async refuse({ shipmentId, reason }: InputOf<Shipping['refuse']>): Promise<Shipment> {
    return this.put(asRefused(this.findFor(shipmentId, 'refuse'), reason));
  }

  async getShipment({ shipmentId }: InputOf<Shipping['getShipment']>): Promise<Shipment> {
    return structuredClone(this.find(shipmentId));
  }

  async listShipments(request: InputOf<Shipping['listShipments']>): Promise<OutputOf<Shipping['listShipments']>> {
    const { orderId, status, cursor, limit = 20 } = request;
    const found = [...this.shipments.values()]
      .filter((shipment) => orderId === undefined || shipment.orderId === orderId)
      .filter((shipment) => status === undefined || shipment.status === status)
      .filter((shipment) => cursor === undefined || shipment.shipmentId < cursor)
      .sort((a, b) => (a.shipmentId < b.shipmentId ? 1 : -1))
      .map(({ lines: _, ...summary }) => structuredClone(summary));
    return pageFrom(found, limit, (last) => last.shipmentId);
  }

  private findByOrder(orderId: string): Shipment | undefined {
    return [...this.shipments.values()].find((shipment) => shipment.orderId === orderId);
  }

  private find(shipmentId: string): Shipment {
    const shipment = this.shipments.get(shipmentId);
    if (shipment === undefined) throw new ShipmentNotFound({ shipmentId });
    return shipment;
  }

  private findFor(shipmentId: string, action: ShipmentAction): Shipment {
    const shipment = this.find(shipmentId);
    if (statusAfter(shipment.status, action) !== undefined) return shipment;
    throw new InvalidShipmentState({ shipmentId, state: shipment.status, action });
  }

  private put(shipment: Shipment): Shipment {
    this.shipments.set(shipment.shipmentId, structuredClone(shipment));
    return structuredClone(shipment);
  }
}

function asRefused(shipment: Shipment, reason: string): Shipment {
  return {
    ...shipment,
    status: 'refused',
    refusal: { reason, goods: whereabouts(shipment.status) },
    refusedAt: new Date(),
  };
}
