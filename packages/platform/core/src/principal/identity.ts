import type { Principal } from '../call-context.js';

/** Held by whoever may do everything. */
export const EVERY_PERMISSION = '*';

/** Who stands behind a request or a call that came over a wire, once that has been verified. */
export interface Identity {
  /** On whose behalf it is made. */
  readonly principal?: Principal;
  /** The module that acts on its own account: a schedule, a handler of an event, a task. It has no principal then. */
  readonly module?: string;
  readonly tenant?: string;
}
