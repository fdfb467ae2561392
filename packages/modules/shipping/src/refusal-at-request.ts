import { MAX_PIECES, type ShipmentLine } from './index.js';

/** What those are told whose order was cancelled before its goods left. */
export const ORDER_WITHDRAWN = 'The order was cancelled.';

/** Why goods are refused as soon as they are asked for; `undefined` when they can be sent. */
export function refusalAtRequest(lines: readonly ShipmentLine[], isWithdrawn: boolean): string | undefined {
  if (isWithdrawn) return ORDER_WITHDRAWN;
  if (piecesOf(lines) > MAX_PIECES) return `No carrier takes more than ${MAX_PIECES} pieces in one shipment.`;
  return undefined;
}

export function piecesOf(lines: readonly ShipmentLine[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}
