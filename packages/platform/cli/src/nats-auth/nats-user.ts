/** A user of NATS: what it may publish to and subscribe to. Everything else is denied. */
export interface NatsUser {
  readonly name: string;
  /** The team that answers for it. */
  readonly owner: string;
  /** The modules of its process: a question to all services is answered for each of them. */
  readonly hosts: readonly string[];
  /** Subjects, sorted. */
  readonly publish: readonly string[];
  /** Subjects, sorted. */
  readonly subscribe: readonly string[];
}
