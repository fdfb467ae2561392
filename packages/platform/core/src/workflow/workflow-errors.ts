import { PlatformError } from '../platform-error.js';

/** A module ran a workflow that it does not own. */
export class WorkflowNotOwned extends PlatformError {
  readonly code = 'macrolith.workflow-not-owned';
  constructor(
    readonly module: string,
    readonly workflow: string,
  ) {
    super(`'${module}' runs the workflow '${workflow}' and does not own it. List it in 'workflows' of its local.ts.`);
  }
}

/** A durable workflow was run inside a transaction: what its steps commit elsewhere could not be rolled back with it. */
export class WorkflowInTransaction extends PlatformError {
  readonly code = 'macrolith.workflow-in-transaction';
  constructor(
    /** The module that owns the workflow. */
    readonly module: string,
    readonly workflow: string,
  ) {
    super(
      `The workflow '${workflow}' takes several transactions in this shell, and was run inside one: a rollback could not take it back. ` +
        'Run it before the transaction starts or after it has committed, take @Transactional() off the method that runs it, ' +
        'make what it does steps of your own workflow, or enqueue a task that runs it.',
    );
  }
}

/** The caller's time is over and the run is not: it goes on, and its outcome can be asked for. */
export class WorkflowPending extends PlatformError {
  readonly code = 'macrolith.workflow-pending';
  constructor(
    readonly workflow: string,
    readonly runId: string,
  ) {
    super(
      `'${workflow}' has been taken on and is not done yet. It goes on as run ${runId}: ` +
        'make the same call again with the same idempotency key to learn how it ended.',
    );
  }
}

/** A person has cancelled the run, and what it had done is taken back. */
export class WorkflowCancelled extends PlatformError {
  readonly code = 'macrolith.workflow-cancelled';
  constructor(
    readonly workflow: string,
    readonly runId: string,
    readonly reason: string,
  ) {
    super(`Run ${runId} of '${workflow}' was cancelled, and nothing of it is left: ${reason}`);
  }
}
