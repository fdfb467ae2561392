import { randomUUID } from 'node:crypto';
import { decodeError, type Operation } from '@macrolith/contract';
import {
  type AnyWorkflow,
  currentContext,
  DurableRuns,
  InstalledModules,
  ofAnotherVersion,
  PortRegistry,
  UnitOfWork,
  WorkflowCancelled,
  WorkflowModes,
  WorkflowPending,
} from '@macrolith/core';
import { Database, IdempotencyKeyReused } from '@macrolith/data';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DurableWorkflowsFeature } from './durable-workflows.js';
import { type PlannedWorkflow, planOf } from './run/planned-workflow.js';
import { Run, type RunError } from './run/run.js';
import { contextOfRun } from './run/run-context.js';
import { runIdOf } from './run/run-id.js';
import { RunStore, type Standing } from './run/run-store.js';
import { decodeResult, encodeWish, isSameWish } from './run/workflow-codec.js';
import { Calls } from './runner/calls.js';
import { ModuleRuns } from './runner/module-runs.js';
import { Stages } from './runner/stages.js';
import { WORKFLOW_OPTIONS, type WorkflowOptions } from './workflow-options.js';

/** So much earlier than its deadline a caller is told that its run is pending: the answer has a way to go. */
const ANSWER_MARGIN_MS = 50;
/** Pauses between two looks for the end of a run that another process may have. */
const FIRST_LOOK_MS = 25;
const LAST_LOOK_MS = 500;

type Ending = Pick<Standing, 'status' | 'outcome' | 'error' | 'cancelled_for'>;

/** Runs durable workflows of this process's modules, and takes up what other processes left behind. */
@Injectable()
export class SagaRuns extends DurableRuns implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly runs = new Map<string, ModuleRuns>();
  private readonly plans = new Map<AnyWorkflow, PlannedWorkflow>();
  private isStopping = false;

  constructor(
    installed: InstalledModules,
    registry: PortRegistry,
    modes: WorkflowModes,
    database: Database,
    unitOfWork: UnitOfWork,
    @Inject(WORKFLOW_OPTIONS) private readonly options: WorkflowOptions,
  ) {
    super();
    const logger = new Logger('Workflows');
    for (const module of installed.all) {
      const { name } = module.manifest;
      if (!module.features.some((feature) => feature instanceof DurableWorkflowsFeature)) continue;
      const plans = module.workflows.map((workflow) =>
        planOf(name, workflow, (operation) => modes.actsApart(operation, name)),
      );
      for (const plan of plans) this.plans.set(plan.workflow, plan);
      const byName = new Map(plans.map((plan) => [plan.workflow.name, plan]));
      const store = new RunStore(database.of(name), byName, options.leaseMs);
      const stages = new Stages(new Calls(module, registry), store, unitOfWork, options);
      this.runs.set(name, new ModuleRuns(store, stages, options, logger));
    }
  }

  override keepsRunsOf(module: string): boolean {
    return this.runs.has(module);
  }

  override async run(module: string, workflow: AnyWorkflow, input: unknown): Promise<unknown> {
    const { id, isDerived } = runIdOf(workflow.name);
    const wish = encodeWish(workflow, input);
    const deadlineAt = currentContext().deadlineAt ?? Date.now() + this.options.answerWithinMs;
    const run = new Run({
      id,
      plan: this.plans.get(workflow)!,
      input: wish,
      context: contextOfRun(id),
      deadlineAt,
      lease: randomUUID(),
    });
    const runs = this.of(module);
    const stored = Promise.withResolvers<void>();
    const execution = runs.begin(run, isDerived, stored.resolve);
    const ended = execution.then((result) => (result.kind === 'ended' ? result.run : undefined));
    // Until something is stored there is nothing to be pending: its failure is the caller's.
    await Promise.race([stored.promise, ended]);
    const inTime = await within(deadlineAt - ANSWER_MARGIN_MS, ended);
    const ending = inTime === undefined ? await this.waitForEnd(runs, run) : endingOf(inTime);
    return this.answer(workflow, id, ending);
  }

  onApplicationBootstrap(): void {
    for (const runs of this.runs.values()) runs.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await Promise.all([...this.runs.values()].map((runs) => runs.stop()));
  }

  /** The modules that keep runs here. */
  get modules(): readonly string[] {
    return [...this.runs.keys()];
  }

  /** Whether runs of this version and shape can go on here. */
  knows(module: string, workflow: string, version: number, shape: string): boolean {
    return [...this.plans.values()].some(
      (plan) =>
        plan.module === module &&
        plan.workflow.name === workflow &&
        plan.workflow.version === version &&
        plan.shape === shape,
    );
  }

  /** The runs of a module that keeps some. */
  of(module: string): ModuleRuns {
    return this.runs.get(module)!;
  }

  /** Waits for a run that is not under way here, or not any more. @throws WorkflowPending, IdempotencyKeyReused */
  private async waitForEnd(runs: ModuleRuns, { facts }: Run): Promise<Ending> {
    const { id, plan, input, deadlineAt } = facts;
    const until = deadlineAt! - ANSWER_MARGIN_MS;
    const here = Promise.withResolvers<void>();
    const stopWatching = runs.onEnd(id, () => here.resolve());
    try {
      for (let lookMs = FIRST_LOOK_MS; ; lookMs = Math.min(LAST_LOOK_MS, lookMs * 2)) {
        const standing = await runs.store.standing(id);
        if (standing !== undefined) {
          if (!isSameWish(plan.workflow, standing.input, input)) {
            throw new IdempotencyKeyReused(plan.workflow.name, currentContext().idempotencyKey ?? id);
          }
          if (standing.status !== 'running' && standing.status !== 'compensating') return standing;
        }
        const leftMs = until - Date.now();
        if (leftMs <= 0 || this.isStopping) throw new WorkflowPending(plan.workflow.name, id);
        await within(Date.now() + Math.min(lookMs, leftMs), here.promise);
      }
    } finally {
      stopWatching();
    }
  }

  private answer(workflow: AnyWorkflow, id: string, { status, outcome, error, cancelled_for }: Ending): unknown {
    if (status === 'done') return decodeResult(workflow, outcome);
    if (status === 'cancelled') throw new WorkflowCancelled(workflow.name, id, cancelled_for ?? '');
    throw declaredError(workflow, error!);
  }
}

function endingOf({ progress }: Run): Ending {
  const { status, outcome, error, cancelledFor } = progress;
  return { status, outcome, error: error ?? null, cancelled_for: cancelledFor ?? null };
}

/** The error that a step was refused with, as the class that its contract declares. */
function declaredError({ steps }: AnyWorkflow, error: RunError): Error {
  const operation = steps.map((step) => step.operation).find(({ id }) => id === error.operation) as Operation;
  return decodeError(operation, error) ?? ofAnotherVersion(operation, error);
}

/** What `work` resolves to, or nothing at `until` (milliseconds since the epoch). */
async function within<T>(until: number, work: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), Math.max(0, until - Date.now()));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
