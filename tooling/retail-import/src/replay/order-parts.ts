import type { Invoice } from '../file/read-invoices.js';
import { type Refusal, refuse } from './refusal.js';
import { MAX_PIECES, type SaleableLine, saleProblem } from './saleable.js';

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

/** The most articles that the shop takes in one order. */
const MAX_ARTICLES = 1000;

/**
 * An invoice as orders. An article has one price at a time, and some invoices sell one article at two prices: those are
 * placed in parts, with the article repriced in between. So are invoices of more articles than an order may have. Lines of
 * one article and price are one line.
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
  const byPrice: PartLine[][] = [];
  for (const sameArticle of Map.groupBy(saleable, ({ stockCode }) => stockCode).values()) {
    const prices = Map.groupBy(sameArticle, ({ priceMinor }) => priceMinor);
    const lines = [...prices.values()].map(partLine);
    refusals.push(...lines.filter(isTooMany).flatMap(refuseTooMany));
    lines
      .filter((line) => !isTooMany(line))
      .forEach((line, index) => {
        byPrice[index] ??= [];
        byPrice[index].push(line);
      });
  }
  const parts = byPrice.flatMap(ofAllowedSize).map((lines, index) => ({
    reference: index === 0 ? invoice.number : `${invoice.number}/${index + 1}`,
    lines,
  }));
  return { parts, refusals };
}

function partLine(sources: readonly SaleableLine[]): PartLine {
  const [first] = sources;
  const named = sources.map(({ description }) => oneLine(description)).find((name) => name !== '');
  return {
    productId: first!.stockCode,
    name: named ?? `Article ${first!.stockCode}`,
    quantity: sources.reduce((sum, { quantity }) => sum + quantity, 0),
    priceMinor: first!.priceMinor,
    sources,
  };
}

/** A name as the shop takes it: one line of at most 200 characters. */
function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

function isTooMany({ quantity }: PartLine): boolean {
  return quantity > MAX_PIECES;
}

function refuseTooMany({ sources, quantity }: PartLine): Refusal[] {
  const reason = `With the invoice's other lines of this article these are ${quantity} pieces, and the shop sells at most ${MAX_PIECES} in one line.`;
  return sources.map((line) => refuse(line, 'bad-quantity', reason));
}

function ofAllowedSize(lines: readonly PartLine[]): PartLine[][] {
  const orders = Math.ceil(lines.length / MAX_ARTICLES);
  return Array.from({ length: orders }, (_, index) => lines.slice(index * MAX_ARTICLES, (index + 1) * MAX_ARTICLES));
}

export function totalMinor({ lines }: OrderPart): bigint {
  return lines.reduce((sum, { quantity, priceMinor }) => sum + BigInt(quantity) * priceMinor, 0n);
}
