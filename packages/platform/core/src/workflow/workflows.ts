import type { AnyPort, Operation } from '@macrolith/contract';
import type { Call } from '../binding/binding.js';
import { context } from '../call-context.js';
import type { Manifest } from '../manifest.js';
import type { PortRegistry } from '../port-registry.js';
import type { UnitOfWork } from '../unit-of-work.js';
import type { DurableRuns } from './durable-runs.js';
import type { AnyWorkflow, Step, Workflow } from './workflow.js';
import { WorkflowInTransaction, WorkflowNotOwned } from './workflow-errors.js';
import type { WorkflowModes } from './workflow-modes.js';

/** The parts of the process that a run needs. */
export interface WorkflowParts {
  readonly registry: PortRegistry;
  readonly unitOfWork: UnitOfWork;
  readonly modes: WorkflowModes;
  readonly durableRuns: DurableRuns;
}

/**
 * Runs the module's own workflows. While every participant lives in this process and none acts outside the database, a run
 * is one unit of work: no intermediate state is ever visible, no compensation runs, and a failure rolls everything back.
 * Otherwise it is a durable run, with the same result and the same errors.
 */
export class Workflows {
  private readonly calls = new Map<Operation, Call>();
  private readonly owned: ReadonlySet<AnyWorkflow>;

  constructor(
    private readonly manifest: Manifest,
    workflows: readonly AnyWorkflow[],
    private readonly ports: readonly AnyPort[],
    private readonly parts: WorkflowParts,
  ) {
    this.owned = new Set(workflows);
  }

  /**
   * Runs `workflow` and answers with its result. Declared errors of its steps arrive as they are.
   *
   * @throws WorkflowPending when a durable run is not done by the call's deadline
   * @throws WorkflowInTransaction when a durable run is asked for inside a transaction
   */
  run<In, Out>(workflow: Workflow<In, Out, any>, input: In): Promise<Out> {
    const { manifest, parts } = this;
    if (!this.owned.has(workflow)) return Promise.reject(new WorkflowNotOwned(manifest.name, workflow.name));
    if (!this.isDurable(workflow)) {
      return parts.unitOfWork.run(() => this.runSteps(workflow, input)) as Promise<Out>;
    }
    if (context.getStore()?.transaction !== undefined) {
      return Promise.reject(new WorkflowInTransaction(manifest.name, workflow.name));
    }
    return parts.durableRuns.run(manifest.name, workflow, input) as Promise<Out>;
  }

  /**
   * A command that was called apart finds its key, and so may have begun a durable run before, under other bindings: the run
   * has to be found then. A new one is one transaction all the same where one can hold it.
   */
  private isDurable(workflow: AnyWorkflow): boolean {
    const { name } = this.manifest;
    if (this.parts.modes.of(workflow, name) === 'durable') return true;
    return context.getStore()?.idempotencyKey !== undefined && this.parts.durableRuns.keepsRunsOf(name);
  }

  /** No savepoint around a step: whatever fails, the whole run rolls back. */
  private async runSteps(workflow: AnyWorkflow, input: unknown): Promise<unknown> {
    const scope: Record<string, unknown> = { input };
    for (const step of workflow.steps) scope[step.name] = await this.callOf(step)(step.input(scope));
    return workflow.result(scope);
  }

  private callOf({ operation }: Step): Call {
    let call = this.calls.get(operation);
    if (call === undefined) {
      call = this.parts.registry.step(this.portOf(operation), this.manifest.name, operation);
      this.calls.set(operation, call);
    }
    return call;
  }

  private portOf(operation: Operation): AnyPort {
    // Boot verification has refused workflows whose participants are not declared.
    return this.ports.find((port) => port.contract.name === operation.port)!;
  }
}
