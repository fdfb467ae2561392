import { MissingPart } from '../missing-part.js';
import type { AnyWorkflow } from './workflow.js';

/** Runs workflows that take several transactions. `@macrolith/workflow` provides it. */
export abstract class DurableRuns {
  /**
   * Starts a run of a workflow that `module` owns, or joins the one that was started under the same idempotency key, and
   * waits for its end until the call's deadline.
   *
   * @throws WorkflowPending when the deadline has come first
   * @throws the declared error of the step that was refused, once what was done before it is taken back
   */
  abstract run(module: string, workflow: AnyWorkflow, input: unknown): Promise<unknown>;

  /** Whether `module` has the tables that its runs are kept in. */
  abstract keepsRunsOf(module: string): boolean;
}

/** Stands where no runner of durable workflows is installed. */
export class NoDurableRuns extends DurableRuns {
  override run(_module: string, workflow: AnyWorkflow): Promise<never> {
    const remedy = 'Import WorkflowModule.forRoot(…) of @macrolith/workflow in the shell.';
    return Promise.reject(new MissingPart(`The workflow ${workflow.name}`, 'a runner of durable workflows', remedy));
  }

  override keepsRunsOf(): boolean {
    return false;
  }
}
