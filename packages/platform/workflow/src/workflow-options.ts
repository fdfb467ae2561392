import type { BackoffOptions } from '@macrolith/core';

/** DI token of the options of `WorkflowModule.forRoot`. */
export const WORKFLOW_OPTIONS = Symbol('macrolith.workflow-options');

export interface WorkflowOptions {
  /** Take up runs that other processes left behind. Off where another process does it; calls are run in any case. */
  readonly resume: boolean;
  /** How many runs are taken up at once, per module. */
  readonly concurrency: number;
  /** How long a run of a process that died is left alone, in milliseconds. One that lives extends its lease. */
  readonly leaseMs: number;
  /** How long one call of a step that acts apart may take, in milliseconds. Later it is made again under the same key. */
  readonly stepTimeoutMs: number;
  /** How long a caller waits whose call has no deadline, in milliseconds. */
  readonly answerWithinMs: number;
  /** How often the tables are looked at for what other processes left behind, in milliseconds. */
  readonly sweepMs: number;
  /** How long a shutdown waits for runs under way, in milliseconds. What they leave is taken up by the next process. */
  readonly drainMs: number;
  /** After so many failed attempts in a row a run is shown as stuck. It is tried on, at the slowest pace. */
  readonly stuckAfter: number;
  /** Pauses between attempts. */
  readonly backoff: BackoffOptions;
  /** No pause is longer while a module is away or busy, in milliseconds: it is back without anybody being told. */
  readonly awayMaxMs: number;
  /** How long runs that have ended are kept, in days. */
  readonly keptDays: number;
}

export const WORKFLOW_DEFAULTS: WorkflowOptions = {
  resume: true,
  concurrency: 16,
  leaseMs: 15_000,
  stepTimeoutMs: 10_000,
  answerWithinMs: 30_000,
  sweepMs: 5_000,
  drainMs: 10_000,
  stuckAfter: 10,
  backoff: { firstMs: 200, maxMs: 300_000 },
  awayMaxMs: 30_000,
  keptDays: 30,
};
