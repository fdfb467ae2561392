import type { ComparedTable } from './contents.js';
import type { ReplicationState } from './replication.js';

/** What somebody who looks on gets to know while a handover is at work. */
export interface Progress {
  /** A step is done. */
  done(step: string, text: string): void;
  /** The tables are being copied, or changes of meanwhile are on their way. */
  replicating(step: string, state: ReplicationState): void;
  /** A table is the same on both sides, or is not. */
  compared(table: ComparedTable): void;
}
