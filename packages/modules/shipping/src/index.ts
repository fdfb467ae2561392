/** Goods on their way to customers: the public API of shipping. */
import { command, defineError, event, instant, Port, pageOf, pageRequest, query, z } from '@macrolith/contract';

/** Another system's name for something, such as an order. */
const Reference = z
  .string()
  .max(128)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

/** One paragraph of plain text. */
const Reason = z
  .string()
  .max(500)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

const TrackingCode = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9 -]*[A-Za-z0-9])?$/, 'Use letters, digits, spaces and dashes.');

/** What is packed is named as the warehouse names it. */
const ShipmentLine = z.object({ productId: Reference, quantity: z.int().min(1) });
export type ShipmentLine = z.output<typeof ShipmentLine>;

const ShipmentLines = z.array(ShipmentLine).min(1).max(1000);

/** The most that one shipment takes. */
export const MAX_PIECES = 10_000;

/**
 * - `requested`: the goods were taken from the shelves and wait to be handed to a carrier.
 * - `dispatched`: they are on their way.
 * - `delivered`: the recipient has them.
 * - `refused`: they will not reach the recipient. `refusal` tells why, and where the goods are.
 */
export const ShipmentStatus = z.enum(['requested', 'dispatched', 'delivered', 'refused']);
export type ShipmentStatus = z.output<typeof ShipmentStatus>;

/** `in-house`: they never left. `away`: they are on their way back, and count when the warehouse receives them. */
const Whereabouts = z.enum(['in-house', 'away']);

export const ShipmentSummary = z.object({
  shipmentId: z.uuid(),
  orderId: Reference,
  status: ShipmentStatus,
  pieces: z.int().min(1),
  trackingCode: TrackingCode.optional(),
  refusal: z.object({ reason: Reason, goods: Whereabouts }).optional(),
  requestedAt: instant(),
  dispatchedAt: instant().optional(),
  deliveredAt: instant().optional(),
  refusedAt: instant().optional(),
});
export type ShipmentSummary = z.output<typeof ShipmentSummary>;

export const Shipment = ShipmentSummary.extend({ lines: ShipmentLines });
export type Shipment = z.output<typeof Shipment>;

/** No shipment has this id. */
export class ShipmentNotFound extends defineError(
  'shipping.shipment-not-found',
  { shipmentId: z.uuid() },
  (e) => `There is no shipment ${e.shipmentId}.`,
  { kind: 'not-found' },
) {}

/** A shipment in this state does not allow what was asked. */
export class InvalidShipmentState extends defineError(
  'shipping.invalid-shipment-state',
  { shipmentId: z.uuid(), state: ShipmentStatus, action: z.enum(['dispatch', 'deliver', 'refuse']) },
  (e) => `Shipment ${e.shipmentId} is ${e.state}: ${e.action} is not possible.`,
  { kind: 'conflict' },
) {}

const ThisShipment = z.object({ shipmentId: z.uuid() });
const changing = {
  output: Shipment,
  errors: [ShipmentNotFound, InvalidShipmentState],
  permission: 'shipping.handle',
} as const;

/** What events about a shipment are ordered by: the order that it belongs to. */
const byOrder = ({ orderId }: { readonly orderId: string }) => orderId;

/** Goods on their way to customers. */
export abstract class Shipping extends Port({
  name: 'shipping',
  version: '0.1.0',
  operations: {
    /**
     * Asks for the goods of an order to be sent; once more for the same order answers the shipment that there is. Goods
     * that no carrier takes, and those of an order that was withdrawn, are refused at once: look at the status.
     */
    request: command({ input: z.object({ orderId: Reference, lines: ShipmentLines }), output: Shipment }),
    /**
     * The order is off: goods that are in the house stay there. What is on its way goes on. An order whose goods were not
     * requested yet is remembered.
     */
    withdraw: command({ input: z.object({ orderId: Reference }) }),
    /** The carrier has the goods. */
    dispatch: command({ input: ThisShipment.extend({ trackingCode: TrackingCode.optional() }), ...changing }),
    /** The recipient has the goods. */
    deliver: command({ input: ThisShipment, ...changing }),
    /** The goods cannot be sent; or, when they are on their way, were not taken and come back. */
    refuse: command({ input: ThisShipment.extend({ reason: Reason }), ...changing }),
    /** The shipment as it is now. */
    getShipment: query({ input: ThisShipment, output: Shipment, errors: [ShipmentNotFound] }),
    /** Shipments, the newest first, to the millisecond. */
    listShipments: query({
      input: pageRequest().extend({
        cursor: z.uuid().optional(),
        orderId: Reference.optional(),
        status: ShipmentStatus.optional(),
      }),
      output: pageOf(ShipmentSummary),
    }),
  },
  events: {
    /** The goods of an order will be sent. */
    shipmentRequested: event({ data: ThisShipment.extend({ orderId: Reference, lines: ShipmentLines }), key: byOrder }),
    /** The goods of an order have left the house. */
    shipmentDispatched: event({
      data: ThisShipment.extend({ orderId: Reference, trackingCode: TrackingCode.optional() }),
      key: byOrder,
    }),
    /** The recipient has the goods of an order. */
    shipmentDelivered: event({ data: ThisShipment.extend({ orderId: Reference }), key: byOrder }),
    /** The goods of an order will not reach the recipient. */
    shipmentRefused: event({
      data: ThisShipment.extend({ orderId: Reference, lines: ShipmentLines, reason: Reason, goods: Whereabouts }),
      key: byOrder,
    }),
  },
}) {}
