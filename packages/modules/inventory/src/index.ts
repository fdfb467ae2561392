/** What is in stock, and for whom it is kept: the inventory's public API. */
import { command, defineError, event, Port, pageOf, pageRequest, query, z } from '@macrolith/contract';

/** The catalog's product id. The warehouse keeps whatever it is told to keep: the product need not be in the catalog. */
const ProductId = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9])?$/,
    'Use letters, digits, spaces, dots, underscores and dashes; begin and end with a letter or digit.',
  );

/** Another system's name for something, such as a delivery note or an order. */
const Reference = z
  .string()
  .max(128)
  .regex(/^(?=.*\S)\P{Cc}+$/u, 'Write one line of text that is not blank.');

/** Whole pieces. */
const Quantity = z.int().min(1).max(1_000_000);

export const StockLine = z.object({ productId: ProductId, quantity: Quantity });
export type StockLine = z.output<typeof StockLine>;

const StockLines = z.array(StockLine).min(1).max(1000);

export const StockLevel = z.object({
  productId: ProductId,
  available: z.int().min(0).describe('Pieces that can be reserved.'),
  reserved: z.int().min(0).describe('Pieces that are in the house, and kept for orders.'),
});
export type StockLevel = z.output<typeof StockLevel>;

export const Reservation = z.object({
  reservationId: z.uuid(),
  orderId: Reference,
  status: z.enum(['held', 'committed', 'released']),
  lines: z.array(
    z.object({
      productId: ProductId,
      quantity: z.int().min(1).describe('Pieces that were reserved.'),
      held: z.int().min(0).describe('Pieces that are still kept; the others were released or committed.'),
    }),
  ),
});
export type Reservation = z.output<typeof Reservation>;

/** Fewer pieces can be reserved than were asked for. Names the first such line; nothing was reserved. */
export class OutOfStock extends defineError(
  'inventory.out-of-stock',
  { productId: ProductId, requested: z.int(), available: z.int() },
  (e) =>
    `${e.requested} of ${e.productId} were asked for, and ${e.available} can be had. Order fewer, or wait for a delivery.`,
  { kind: 'conflict' },
) {}

/** The reference was used before, for other goods. Nothing was received. */
export class ReceiptConflict extends defineError(
  'inventory.receipt-conflict',
  { reference: Reference, productId: ProductId, quantity: z.int() },
  (e) =>
    `Under ${e.reference}, ${e.quantity} of ${e.productId} were received before. Give this receipt a reference of its own.`,
  { kind: 'conflict' },
) {}

/** Stock was reserved for this order before: an order has one reservation. */
export class OrderAlreadyReserved extends defineError(
  'inventory.order-already-reserved',
  { orderId: Reference, reservationId: z.uuid() },
  (e) => `Order ${e.orderId} has reservation ${e.reservationId}.`,
  { kind: 'conflict' },
) {}

/** No reservation has this id. */
export class ReservationNotFound extends defineError(
  'inventory.reservation-not-found',
  { reservationId: z.uuid() },
  (e) => `There is no reservation ${e.reservationId}.`,
  { kind: 'not-found' },
) {}

/** The reservation ended the other way: what was committed cannot be released, what was released cannot be committed. */
export class ReservationEnded extends defineError(
  'inventory.reservation-ended',
  { reservationId: z.uuid(), state: z.enum(['committed', 'released']) },
  (e) => `Reservation ${e.reservationId} was ${e.state}.`,
  { kind: 'conflict' },
) {}

/** More was to be released than the reservation holds of the product. Nothing was released. */
export class NotHeld extends defineError(
  'inventory.not-held',
  { reservationId: z.uuid(), productId: ProductId, requested: z.int(), held: z.int() },
  (e) => `Reservation ${e.reservationId} holds ${e.held} of ${e.productId}, and ${e.requested} were to be released.`,
  { kind: 'conflict' },
) {}

/** What is in stock, and for whom it is kept. */
export abstract class Inventory extends Port({
  name: 'inventory',
  version: '0.1.0',
  operations: {
    /** Goods came in. Acts once per `reference`: the same receipt sent again answers the level as it is now. */
    receive: command({
      input: StockLine.extend({ reference: Reference }),
      output: StockLevel,
      errors: [ReceiptConflict],
      permission: 'inventory.receive',
    }),
    /** Keeps stock for an order: all lines or nothing. Several lines of one product count as their sum. */
    reserve: command({
      input: z.object({ orderId: Reference, lines: StockLines }),
      output: z.object({ reservationId: z.uuid() }),
      errors: [OutOfStock, OrderAlreadyReserved],
    }),
    /** Gives back what a reservation holds: the given lines, or all of it. All of it once more changes nothing. */
    release: command({
      input: z.object({ reservationId: z.uuid(), lines: StockLines.optional() }),
      output: Reservation,
      errors: [ReservationNotFound, ReservationEnded, NotHeld],
    }),
    /** What a reservation holds has left the house. Once more changes nothing. */
    commit: command({
      input: z.object({ reservationId: z.uuid() }),
      output: Reservation,
      errors: [ReservationNotFound, ReservationEnded],
    }),
    /** The levels of the products, in the order asked. What was never received has none. */
    getStock: query({
      input: z.object({ productIds: z.array(ProductId).min(1).max(1000) }),
      output: z.array(StockLevel),
    }),
    /** The levels of all products that were ever received, in the order of their ids. */
    listStock: query({
      input: pageRequest().extend({
        cursor: ProductId.optional(),
        q: z
          .string()
          .max(64)
          .regex(/^\P{Cc}*$/u)
          .optional()
          .describe('What the product id must hold, in any case.'),
        availableAtMost: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
      }),
      output: pageOf(StockLevel),
    }),
    /** What is kept for an order. */
    getReservation: query({
      input: z.object({ reservationId: z.uuid() }),
      output: Reservation,
      errors: [ReservationNotFound],
    }),
  },
  events: {
    /** Goods came in. */
    stockReceived: event({
      data: StockLine.extend({ reference: Reference, available: z.int() }),
      key: (e) => e.productId,
    }),
    /** The last available piece of a product was reserved. */
    stockDepleted: event({ data: z.object({ productId: ProductId }), key: (e) => e.productId }),
    /** The goods of an order that is fulfilled automatically were taken from the shelves. */
    stockCommitted: event({
      data: z.object({ orderId: Reference, reservationId: z.uuid(), lines: StockLines }),
      key: (e) => e.orderId,
    }),
    /** The goods of an order cannot be taken from the shelves: nothing is kept for it any more. */
    stockNotCommitted: event({
      data: z.object({ orderId: Reference, reason: z.enum(['no-reservation', 'released']) }),
      key: (e) => e.orderId,
    }),
  },
}) {}
