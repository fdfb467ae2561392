/** A user of NATS: what it may publish to and subscribe to. Everything else is denied. */
export interface NatsUser {
  readonly name: string;
  /** The team that answers for it. */
  readonly owner: string;
  /** Subjects, sorted. */
  readonly publish: readonly string[];
  /** Subjects, sorted. */
  readonly subscribe: readonly string[];
}
