import type { PgConnection, RowReader } from './pg-connection.js';

/** What was learnt about one connection, as long as it lives. */
export interface ConnectionMemory {
  /** Prepared controls that it has been sent. */
  readonly preparedControls: Set<string>;
  /** Columns of its prepared statements by name; null for those that answer no rows. */
  readonly rowReaders: Map<string, RowReader | null>;
}

const memories = new WeakMap<PgConnection, ConnectionMemory>();

export function memoryOf(connection: PgConnection): ConnectionMemory {
  let memory = memories.get(connection);
  if (memory === undefined) {
    memory = { preparedControls: new Set(), rowReaders: new Map() };
    memories.set(connection, memory);
  }
  return memory;
}
