/** One bar of a chart: what it stands for, and what is drawn and said of it. */
export interface Bar {
  readonly label: string;
  /** How long it is. Only for drawing: a number rounds large amounts. */
  readonly value: number;
  /** The exact value in words: what a tooltip and the table say. */
  readonly text: string;
}

/** Columns stand side by side, as days do; rows lie below one another, with room for names. */
export type Direction = 'columns' | 'rows';
