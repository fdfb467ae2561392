import type { Shipment, ShipmentSummary } from './index.js';
import type { ShipmentRow } from './shipment.entity.js';

export function toSummary(row: ShipmentRow): ShipmentSummary {
  const { shipmentId, orderId, status, pieces, requestedAt } = row;
  return {
    shipmentId,
    orderId,
    status,
    pieces,
    ...(row.trackingCode === null ? {} : { trackingCode: row.trackingCode }),
    ...(row.refusalReason === null ? {} : { refusal: { reason: row.refusalReason, goods: row.refusedGoods! } }),
    requestedAt,
    ...(row.dispatchedAt === null ? {} : { dispatchedAt: row.dispatchedAt }),
    ...(row.deliveredAt === null ? {} : { deliveredAt: row.deliveredAt }),
    ...(row.refusedAt === null ? {} : { refusedAt: row.refusedAt }),
  };
}

export function toShipment(row: ShipmentRow): Shipment {
  return { ...toSummary(row), lines: row.lines };
}
