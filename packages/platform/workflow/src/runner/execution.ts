import { inspect } from 'node:util';
import { type BackoffOptions, backoffMs, PlatformError } from '@macrolith/core';
import type { Logger } from '@nestjs/common';
import type { Run } from '../run/run.js';
import { RunNotHeld, type RunStore } from '../run/run-store.js';
import type { WorkflowOptions } from '../workflow-options.js';
import type { Stages } from './stages.js';
import { AlreadyBegun, MoveFailed, StepRefused } from './step-errors.js';

/** How much of a failure is kept. */
const FAILURE_CHARACTERS = 8_000;

/** What became of an execution. */
export type Execution =
  /** The run has ended. */
  | { readonly kind: 'ended'; readonly run: Run }
  /** It goes on later, here or elsewhere. */
  | { readonly kind: 'left' }
  /** A run of its id was there before. */
  | { readonly kind: 'already-begun' };

export interface ExecutionParts {
  readonly stages: Stages;
  readonly store: RunStore;
  readonly options: WorkflowOptions;
  readonly logger: Logger;
  /** A number in [0, 1). */
  random(): number;
  /** Whether this process is about to stop. */
  isStopping(): boolean;
  /** Called with the run whenever it has come further. */
  onProgress(run: Run): void;
}

/**
 * Runs one run, stage by stage, until it ends, cannot go on for now, or belongs to somebody else.
 *
 * @param failures how often in a row it failed before
 * @throws what the first stage failed with, while nothing of the run is stored: nothing has happened then
 */
export async function execute(
  begun: Run,
  isDerived: boolean,
  failures: number,
  parts: ExecutionParts,
): Promise<Execution> {
  let run = begun;
  let failed = failures;
  for (;;) {
    if (run.isEnded) return { kind: 'ended', run };
    if (parts.isStopping() && run.progress.isStored && run.progress.unsaved.size === 0) {
      await parts.store.release(run);
      return { kind: 'left' };
    }
    try {
      run = await parts.stages.next(run, isDerived);
      failed = 0;
      parts.onProgress(run);
    } catch (error) {
      if (error instanceof AlreadyBegun) return { kind: 'already-begun' };
      if (error instanceof RunNotHeld) {
        const reason = await cancelledFor(run, parts);
        if (reason === undefined) return { kind: 'left' };
        run = run.cancelled(reason);
        continue;
      }
      if (!run.progress.isStored) throw originOf(error);
      await note(run, failed + 1, error, parts);
      return { kind: 'left' };
    }
  }
}

/** Why a person has cancelled the run meanwhile; nothing when it was taken over instead. */
async function cancelledFor(run: Run, { store }: ExecutionParts): Promise<string | undefined> {
  const standing = await store.standing(run.facts.id);
  const isNews = standing?.lease === run.facts.lease && run.progress.cancelledFor === undefined;
  return isNews ? (standing.cancelled_for ?? undefined) : undefined;
}

async function note(run: Run, failures: number, error: unknown, parts: ExecutionParts): Promise<void> {
  const { store, options, logger } = parts;
  const { id, plan } = run.facts;
  const move = error instanceof MoveFailed ? error.move : undefined;
  const origin = originOf(error);
  const delayMs = backoffMs(failures, paceAfter(origin, options), parts.random());
  const failure = textOf(origin);
  try {
    await store.fail(run, { failure, delayMs, stuckAfter: options.stuckAfter, move });
    const where = move === undefined ? '' : ` at '${move.name}'`;
    logger.warn(`Run ${id} of '${plan.workflow.name}' cannot go on${where}; trying again in ${delayMs} ms. ${origin}`);
  } catch (problem) {
    // Its lease runs out, and then whoever looks next takes it up from what was stored.
    logger.warn(`Run ${id} of '${plan.workflow.name}' cannot go on, and the database cannot be told. ${problem}`);
  }
}

/** Whoever says that it will do later is asked sooner than what fails for reasons that a person has to mend. */
function paceAfter(error: unknown, { backoff, awayMaxMs }: WorkflowOptions): BackoffOptions {
  const isAway = error instanceof PlatformError && error.askAgainInMs !== undefined;
  return isAway ? { ...backoff, maxMs: Math.min(backoff.maxMs, awayMaxMs) } : backoff;
}

/** What a person or a caller is to see: the error of the step itself. */
function originOf(error: unknown): unknown {
  return error instanceof MoveFailed || error instanceof StepRefused ? error.cause : error;
}

/** With its stack and its causes: whoever mends it needs both. */
function textOf(error: unknown): string {
  return inspect(error, { depth: 3 }).slice(0, FAILURE_CHARACTERS);
}
