import type { InputOf, OutputOf } from '@macrolith/contract';
import { detach } from '@macrolith/data';
import { ReasonMissing } from '@macrolith/events/operations';
import {
  InterventionUnexplained,
  KeepsNoRuns,
  RunHasEnded,
  RunNotCancellable,
  type RunSummary,
  type StepView,
  WorkflowOperations,
  RunNotFound as WorkflowRunNotFound,
} from '@macrolith/workflow';
import { Injectable, Optional } from '@nestjs/common';
import type { Console } from './index.js';
import { RunNotChangeable, RunNotFound, RunsNotKept } from './run-errors.js';

/** How many stuck runs of a module are counted. */
const COUNTED_UP_TO = 100;

/** The runs of durable workflows in this process: none where it runs none. */
@Injectable()
export class WorkflowRuns {
  constructor(@Optional() private readonly operations?: WorkflowOperations) {}

  get modules(): string[] {
    return [...(this.operations?.modules ?? [])].sort();
  }

  /** How many runs are stuck, over all modules. */
  async stuck(): Promise<number> {
    const pages = this.modules.map((module) => this.of(module).list(module, { status: 'stuck', limit: COUNTED_UP_TO }));
    return (await Promise.all(pages)).reduce((sum, { items }) => sum + items.length, 0);
  }

  async list({ module, ...filter }: InputOf<Console['listRuns']>): Promise<OutputOf<Console['listRuns']>> {
    const wanted = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    const { items, nextCursor } = await this.of(module).list(module, wanted);
    return { items: items.map(summaryOf), nextCursor };
  }

  async show({ module, runId }: InputOf<Console['showRun']>): Promise<OutputOf<Console['showRun']>> {
    const operations = this.of(module);
    const run = await declared(operations.show(module, runId), this.modules);
    const { input, outcome, error, context, canBeCancelled, steps, interventions } = run;
    const { correlationId } = context;
    return {
      ...summaryOf(run),
      input: json(input) ?? 'null',
      outcome: json(outcome),
      error: json(error),
      correlationId: typeof correlationId === 'string' ? correlationId : undefined,
      canBeCancelled,
      steps: steps.map(stepOf),
      interventions: [...interventions],
    };
  }

  async intervene({ module, runId, action, who, why }: InputOf<Console['interveneRun']>): Promise<void> {
    const operations = this.of(module);
    await declared(
      detach(() => operations[action](module, runId, { who, why })),
      this.modules,
    );
  }

  private of(module: string): WorkflowOperations {
    const { operations, modules } = this;
    if (operations === undefined || !modules.includes(module)) throw new RunsNotKept({ module, modules });
    return operations;
  }
}

function summaryOf({
  id,
  failure,
  refusal,
  cancelledFor,
  closedAt,
  module,
  workflow,
  version,
  status,
  isHeld,
  attempts,
  dueAt,
  createdAt,
}: RunSummary) {
  const reasons = {
    failure: failure ?? undefined,
    refusal: refusal ?? undefined,
    cancelledFor: cancelledFor ?? undefined,
  };
  const moments = { dueAt, createdAt, closedAt: closedAt ?? undefined };
  return { runId: id, module, workflow, version, status, isHeld, attempts, ...reasons, ...moments };
}

function stepOf({ input, output, error, ...step }: StepView) {
  return { ...step, input: json(input) ?? 'null', output: json(output), error: json(error) };
}

function json(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : JSON.stringify(value, null, 2);
}

/** The refusals of the workflow package as errors that the contract declares. */
async function declared<T>(work: Promise<T>, modules: string[]): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof WorkflowRunNotFound) throw new RunNotFound({ module: error.module, runId: error.runId });
    if (error instanceof RunHasEnded) throw new RunNotChangeable({ runId: error.runId, reason: 'ended' });
    if (error instanceof RunNotCancellable) throw new RunNotChangeable({ runId: error.runId, reason: error.reason });
    if (error instanceof KeepsNoRuns) throw new RunsNotKept({ module: error.module, modules });
    if (error instanceof InterventionUnexplained) throw new ReasonMissing({ missing: error.missing });
    throw error;
  }
}
