/** What is said: one change of the shop that another module has to hear of. */
export interface Sale {
  /** The sample that it belongs to. */
  readonly batch: number;
  /** Its place in the sample, and among the sales of its key. */
  readonly number: number;
  /** Sales of one key are to be heard in the order in which they were made. */
  readonly key: string;
}
