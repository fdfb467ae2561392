/** What to start: in a child process of its own, so that each start is a first one. */
export interface Start {
  readonly side: 'macrolith' | 'plain';
  readonly composition: 'shell' | 'synthetic';
  /** Of a synthetic shell. */
  readonly modules?: number;
  readonly databaseUrl?: string;
}

/** How the start went. Memory is read after the garbage was collected. */
export interface Started {
  /** From the start of the process to the initialised application: Node, loading of all code, definition, initialisation. */
  readonly sinceProcessStartMs: number;
  /** From loaded libraries to the initialised application. */
  readonly initialisationMs: number;
  readonly rssMib: number;
  readonly heapMib: number;
}
