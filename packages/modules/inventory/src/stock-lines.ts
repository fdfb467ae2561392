import { NotHeld, type Reservation, type StockLine } from './index.js';

/** One line per product, in the order of first mention: several lines of a product count as their sum. */
export function mergeLines(lines: readonly StockLine[]): StockLine[] {
  const merged = new Map<string, StockLine>();
  for (const { productId, quantity } of lines) {
    merged.set(productId, { productId, quantity: quantity + (merged.get(productId)?.quantity ?? 0) });
  }
  return [...merged.values()];
}

/** Everything that a reservation still holds. */
export function heldLines(reservation: Reservation): StockLine[] {
  return reservation.lines
    .filter((line) => line.held > 0)
    .map(({ productId, held }) => ({ productId, quantity: held }));
}

/** What a release ends: the lines asked for, merged, or all that is held. Raises NotHeld when more is asked for. */
export function linesToRelease(reservation: Reservation, asked: readonly StockLine[] | undefined): StockLine[] {
  if (asked === undefined) return heldLines(reservation);
  const { reservationId } = reservation;
  const held = new Map(reservation.lines.map((line) => [line.productId, line.held]));
  const lines = mergeLines(asked);
  for (const { productId, quantity } of lines) {
    const most = held.get(productId) ?? 0;
    if (quantity > most) throw new NotHeld({ reservationId, productId, requested: quantity, held: most });
  }
  return lines;
}

/** The reservation after `lines` of it were ended. */
export function without(
  reservation: Reservation,
  lines: readonly StockLine[],
  how: 'released' | 'committed',
): Reservation {
  const ended = new Map(lines.map((line) => [line.productId, line.quantity]));
  const left = reservation.lines.map((line) => ({ ...line, held: line.held - (ended.get(line.productId) ?? 0) }));
  const status = left.every((line) => line.held === 0) ? how : reservation.status;
  return { ...reservation, status, lines: left };
}
