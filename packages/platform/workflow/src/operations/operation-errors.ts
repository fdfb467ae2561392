import { PlatformError } from '@macrolith/core';

/** Nobody has a run of this id. */
export class RunNotFound extends PlatformError {
  readonly code = 'macrolith.run-not-found';
  constructor(
    readonly module: string,
    readonly runId: string,
  ) {
    super(`'${module}' keeps no run ${runId}. It may have ended long ago, or belong to another module.`);
  }
}

/** The run has ended, so there is nothing to try again or to cancel. */
export class RunHasEnded extends PlatformError {
  readonly code = 'macrolith.run-has-ended';
  constructor(
    readonly runId: string,
    readonly status: string,
  ) {
    super(`Run ${runId} has ended: it is ${status}. What it has done is changed by commands of its modules.`);
  }
}

/** The run cannot be taken back any more. */
export class RunNotCancellable extends PlatformError {
  readonly code = 'macrolith.run-not-cancellable';
  constructor(
    readonly runId: string,
    readonly reason: 'past-return' | 'compensating',
  ) {
    const why =
      reason === 'compensating'
        ? 'it is being taken back already'
        : 'it is past the step that cannot be taken back, and goes on until it is done';
    super(`Run ${runId} cannot be cancelled: ${why}. Mend what keeps it from going on, and have it tried again.`);
  }
}

/** Somebody wants to change a run and does not say who, or why. */
export class InterventionUnexplained extends PlatformError {
  readonly code = 'macrolith.intervention-unexplained';
  constructor(readonly missing: 'who' | 'why') {
    super(`An intervention is recorded with who made it and why: '${missing}' is empty.`);
  }
}

/** A list of a module that keeps no runs was asked for. */
export class KeepsNoRuns extends PlatformError {
  readonly code = 'macrolith.keeps-no-runs';
  constructor(readonly module: string) {
    super(`The module '${module}' keeps no runs here. Add durableWorkflows() to the features in its local.ts.`);
  }
}
