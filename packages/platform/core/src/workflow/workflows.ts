import type { AnyPort, Operation } from '@macrolith/contract';
import type { Call } from '../binding/binding.js';
import type { Manifest } from '../manifest.js';
import { PlatformError } from '../platform-error.js';
import type { PortRegistry } from '../port-registry.js';
import type { UnitOfWork } from '../unit-of-work.js';
import type { AnyWorkflow, Step, Workflow } from './workflow.js';

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

/**
 * Runs the module's own workflows. Every participant lives in this process, so a run is one unit of work: no
 * intermediate state is ever visible, no compensation runs, and a failure rolls everything back.
 */
export class Workflows {
  private readonly calls = new Map<Operation, Call>();
  private readonly owned: ReadonlySet<AnyWorkflow>;

  constructor(
    private readonly manifest: Manifest,
    workflows: readonly AnyWorkflow[],
    private readonly ports: readonly AnyPort[],
    private readonly registry: PortRegistry,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.owned = new Set(workflows);
  }

  /** Runs `workflow` and answers with its result. Declared errors of its steps arrive as they are. */
  run<In, Out>(workflow: Workflow<In, Out, any>, input: In): Promise<Out> {
    if (!this.owned.has(workflow)) return Promise.reject(new WorkflowNotOwned(this.manifest.name, workflow.name));
    return this.unitOfWork.run(() => this.runSteps(workflow, input)) as Promise<Out>;
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
      call = this.registry.step(this.portOf(operation), this.manifest.name, operation);
      this.calls.set(operation, call);
    }
    return call;
  }

  private portOf(operation: Operation): AnyPort {
    // Boot verification has refused workflows whose participants are not declared.
    return this.ports.find((port) => port.contract.name === operation.port)!;
  }
}
