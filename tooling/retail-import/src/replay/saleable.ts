import type { RetailLine } from '../file/retail-line.js';
import { type Refusal, refuse } from './refusal.js';

/** Codes under which the retailer books what is no article: postage, discounts, bank charges, corrections by hand. */
const NO_GOODS = /^(POST|D|M|C2|DOT|BANK CHARGES|S|B|CRUK|PADS|AMAZONFEE|m)$/;
const ARTICLE = /^(?=.{1,64}$)[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9])?$/;
const INVOICE = /^[A-Za-z0-9-]{1,64}$/;

/** The most pieces that the shop takes in one line. */
export const MAX_PIECES = 1_000_000;
/** The most that the shop asks for one piece, in pence. */
const MAX_PRICE_MINOR = 10_000_000_000n;

/** A line that can be sold: an article, pieces, a price. */
export type SaleableLine = RetailLine & { readonly priceMinor: bigint };

/** Why a line of an order cannot be sold; undefined when it can. */
export function saleProblem(line: RetailLine): Refusal | undefined {
  return articleProblem(line) ?? sellingProblem(line);
}

/** Why a line is about no article at all. */
export function articleProblem(line: RetailLine): Refusal | undefined {
  if (!INVOICE.test(line.invoice)) return refuse(line, 'bad-invoice', `'${line.invoice}' is no invoice number.`);
  if (NO_GOODS.test(line.stockCode)) return refuse(line, 'no-goods', `'${line.stockCode}' is a charge and no article.`);
  if (!ARTICLE.test(line.stockCode)) return refuse(line, 'bad-code', `'${line.stockCode}' is no stock code.`);
  if (!Number.isSafeInteger(line.quantity) || line.quantity === 0)
    return refuse(line, 'bad-quantity', `'${line.quantityText}' is no number of pieces.`);
  return undefined;
}

function sellingProblem(line: RetailLine): Refusal | undefined {
  if (line.quantity < 0)
    return refuse(line, 'write-off', 'Pieces went out of stock without a sale: a correction of the warehouse.');
  if (line.quantity > MAX_PIECES)
    return refuse(line, 'bad-quantity', `The shop sells at most ${MAX_PIECES} pieces in one line.`);
  if (line.priceMinor === undefined || line.priceMinor < 0n || line.priceMinor > MAX_PRICE_MINOR)
    return refuse(line, 'bad-price', `'${line.price}' is no price in whole pence.`);
  if (line.priceMinor === 0n) return refuse(line, 'no-price', 'The line has no price: a correction and no sale.');
  return undefined;
}
