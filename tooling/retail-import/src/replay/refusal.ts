import type { RetailLine } from '../file/retail-line.js';

/** A line of the file that was not replayed, and why. */
export interface Refusal {
  readonly line: RetailLine;
  /** Stable name of the reason. */
  readonly code: string;
  readonly reason: string;
}

export function refuse(line: RetailLine, code: string, reason: string): Refusal {
  return { line, code, reason };
}
