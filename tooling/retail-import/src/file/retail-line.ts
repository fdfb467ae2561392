/** One line of the retailer's file, as it stands there. */
export interface RetailLine {
  /** Line number in the file; the heading is line 1. */
  readonly line: number;
  readonly invoice: string;
  readonly stockCode: string;
  readonly description: string;
  /** Pieces; negative for what came back. NaN when the file has no whole number there. */
  readonly quantity: number;
  /** As written, for the reject file. */
  readonly quantityText: string;
  /** Pence; undefined when the file's price is no whole number of pence. */
  readonly priceMinor: bigint | undefined;
  /** As written, for the reject file. */
  readonly price: string;
  /** Empty for a customer without a number. */
  readonly customer: string;
  /** Empty where the file has none. */
  readonly country: string;
}

/** A whole number of pieces; NaN for any other text. */
export function parsePieces(text: string): number {
  return /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** Pounds as pence, without a detour over binary fractions: `2.55` is 255n. */
export function parsePence(text: string): bigint | undefined {
  const match = /^(-?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, pounds, fraction = ''] = match;
  const pence = BigInt(pounds!) * 100n + BigInt(fraction.padEnd(2, '0') || '0');
  return sign === '-' ? -pence : pence;
}
