import type { Invoice } from '../file/read-invoices.js';
import type { Refusal } from './refusal.js';
import { type SaleableLine, saleProblem } from './saleable.js';

/** One article of an order. */
export interface PartLine {
  readonly productId: string;
  readonly name: string;
  readonly quantity: number;
  readonly priceMinor: bigint;
  /** The lines of the file that it stands for. */
  readonly sources: readonly SaleableLine[];
}

/** What is placed as one order. */
export interface OrderPart {
  /** The invoice's number; for the further parts of an invoice, with `/2`, `/3` … */
  readonly reference: string;
  readonly lines: readonly PartLine[];
}

/**
 * An invoice as orders. An article has one price at a time, and some invoices sell one article at two prices: those are
 * placed in parts, with the article repriced in between. Lines of one article and price are one line.
 */
export function orderParts(invoice: Invoice): {
  readonly parts: readonly OrderPart[];
  readonly refusals: readonly Refusal[];
} {
  const refusals: Refusal[] = [];
  const saleable: SaleableLine[] = [];
  for (const line of invoice.lines) {
    const problem = saleProblem(line);
    if (problem === undefined) saleable.push(line as SaleableLine);
    else refusals.push(problem);
  }
  const byPart: PartLine[][] = [];
  for (const sameArticle of Map.groupBy(saleable, ({ stockCode }) => stockCode).values()) {
    const prices = Map.groupBy(sameArticle, ({ priceMinor }) => priceMinor);
    [...prices.values()].forEach((sources, index) => {
      byPart[index] ??= [];
      byPart[index].push(partLine(sources));
    });
  }
  const parts = byPart.map((lines, index) => ({
    reference: index === 0 ? invoice.number : `${invoice.number}/${index + 1}`,
    lines,
  }));
  return { parts, refusals };
}

function partLine(sources: readonly SaleableLine[]): PartLine {
  const [first] = sources;
  const named = sources.find(({ description }) => description !== '');
  return {
    productId: first!.stockCode,
    name: (named?.description ?? `Article ${first!.stockCode}`).replace(/\s+/g, ' ').slice(0, 200),
    quantity: sources.reduce((sum, { quantity }) => sum + quantity, 0),
    priceMinor: first!.priceMinor,
    sources,
  };
}

export function totalMinor({ lines }: OrderPart): bigint {
  return lines.reduce((sum, { quantity, priceMinor }) => sum + BigInt(quantity) * priceMinor, 0n);
}
