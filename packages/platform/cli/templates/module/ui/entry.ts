/** An entry as the API sends it. */
export interface Entry {
  readonly entryId: string;
  readonly name: string;
  /** ISO 8601. */
  readonly addedAt: string;
}
