import type { WantedLine } from './index.js';

/** One line per product, in the order of first mention: several lines of a product count as their sum. */
export function mergeLines(lines: readonly WantedLine[]): WantedLine[] {
  const merged = new Map<string, WantedLine>();
  for (const { productId, quantity } of lines) {
    merged.set(productId, { productId, quantity: quantity + (merged.get(productId)?.quantity ?? 0) });
  }
  return [...merged.values()];
}

/** A line as far as cancelling needs to know it. */
export interface CancellableLine {
  readonly productId: string;
  readonly quantity: number;
  /** Pieces of `quantity` that were cancelled before. */
  readonly cancelled: number;
  readonly unitPriceMinor: bigint;
}

/** Pieces of a line that were not cancelled. */
export function piecesLeft({ quantity, cancelled }: CancellableLine): number {
  return quantity - cancelled;
}

/** All that an order still has. */
export function linesLeft(lines: readonly CancellableLine[]): WantedLine[] {
  return lines
    .filter((line) => piecesLeft(line) > 0)
    .map((line) => ({ productId: line.productId, quantity: piecesLeft(line) }));
}

/** What cancelling `wanted` would take off an order, or the first line of which less is left than is wanted. */
export type Strike =
  | { readonly lines: readonly WantedLine[]; readonly amountMinor: bigint; readonly whole: boolean }
  | { readonly refused: WantedLine; readonly left: number };

/** @param wanted all that is left, if absent */
export function strike(lines: readonly CancellableLine[], wanted?: readonly WantedLine[]): Strike {
  const struck = wanted === undefined ? linesLeft(lines) : mergeLines(wanted);
  const byProduct = new Map(lines.map((line) => [line.productId, line]));
  let amountMinor = 0n;
  let pieces = 0;
  for (const refused of struck) {
    const line = byProduct.get(refused.productId);
    const left = line === undefined ? 0 : piecesLeft(line);
    if (line === undefined || refused.quantity > left) return { refused, left };
    amountMinor += line.unitPriceMinor * BigInt(refused.quantity);
    pieces += refused.quantity;
  }
  const allPieces = lines.reduce((sum, line) => sum + piecesLeft(line), 0);
  return { lines: struck, amountMinor, whole: pieces === allPieces };
}
