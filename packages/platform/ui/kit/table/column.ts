import type { nothing, TemplateResult } from 'lit';

/** A column of a table. On a phone the first column is a card's title and the others are its lines. */
export interface Column<T> {
  readonly label: string;
  readonly value: (row: T) => TemplateResult | string | number | typeof nothing;
  /** `end` for numbers and money. Default: `start`. */
  readonly align?: 'start' | 'end';
  /** Of text that may be long: it takes what is left and is cut with an ellipsis. */
  readonly grow?: boolean;
  /** Left out on a phone. */
  readonly secondary?: boolean;
}
