/**
 * The tables of one log of messages and of what is owed to its consumers, qualified by the schema. A schema comes from a
 * checked manifest and needs no quotes.
 */
export interface LogTables {
  /** What was said. Its rows are never updated. */
  readonly log: string;
  /** What is owed to whom. */
  readonly delivery: string;
  /** Who wants which events. */
  readonly consumer: string;
  /** What people did about deliveries. The logs of one schema share it. */
  readonly intervention: string;
  /** Messages that came over a broker and are no events. An outbox has none. */
  readonly unreadable?: string;
}

/** What a module says, in its own schema. */
export function outboxOf(schema: string): LogTables {
  return {
    log: `${schema}.outbox`,
    delivery: `${schema}.delivery`,
    consumer: `${schema}.consumer`,
    intervention: `${schema}.intervention`,
  };
}

/** What a module has received over a broker, in its own schema. */
export function receivedOf(schema: string): LogTables {
  return {
    log: `${schema}.received`,
    delivery: `${schema}.received_delivery`,
    consumer: `${schema}.received_consumer`,
    intervention: `${schema}.intervention`,
    unreadable: `${schema}.received_unreadable`,
  };
}

/** How the log of what a module has received is called. That of what it says has the module's name. */
export function receivedBy(module: string): string {
  return `${module} (received)`;
}
