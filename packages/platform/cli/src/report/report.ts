import type { Verification } from '../verify.js';
import type { RatchetOutcome } from '../violations/ratchet.js';

/** What a format is given to tell. */
export interface Report {
  readonly verification: Verification;
  readonly outcome: RatchetOutcome;
  /** How long the verification took. */
  readonly elapsedMs: number;
}
