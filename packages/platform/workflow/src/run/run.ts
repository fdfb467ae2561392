import {
  decodeInput,
  decodeOutput,
  encodeInput,
  encodeOutput,
  type Operation,
  type WireError,
} from '@macrolith/contract';
import type { Step } from '@macrolith/core';
import { isPastReturn, type Move, nextCompensation, nextStep, openStep } from './move.js';
import type { PlannedWorkflow } from './planned-workflow.js';
import type { RunContext } from './run-context.js';
import { recordKey, type StepRecord } from './step-record.js';
import { decodeWish, encodeResult } from './workflow-codec.js';

/** `running` and `compensating` go on; the others are ends. */
export type RunStatus = 'running' | 'compensating' | 'done' | 'compensated' | 'cancelled';

/** The declared error that a run was refused with, and the operation that declares it. */
export interface RunError extends WireError {
  readonly operation: string;
}

/** What does not change in a run. */
export interface RunFacts {
  readonly id: string;
  readonly plan: PlannedWorkflow;
  /** In wire form. */
  readonly input: unknown;
  readonly context: RunContext;
  /** When the caller stops waiting, in milliseconds since the epoch. */
  readonly deadlineAt: number | undefined;
  /** Proof that this process is the one that runs it. */
  readonly lease: string;
}

/** What is known about a run so far. */
export interface Progress {
  readonly status: RunStatus;
  /** Whether the database knows the run. */
  readonly isStored: boolean;
  /** Why a person wants it taken back. */
  readonly cancelledFor: string | undefined;
  readonly records: ReadonlyMap<string, StepRecord>;
  /** Keys of records that the database does not know yet. */
  readonly unsaved: ReadonlySet<string>;
  readonly error: RunError | undefined;
  /** In wire form. */
  readonly outcome: unknown;
}

const BEGINNING: Progress = {
  status: 'running',
  isStored: false,
  cancelledFor: undefined,
  records: new Map(),
  unsaved: new Set(),
  error: undefined,
  outcome: undefined,
};

/**
 * A run as a value: each change makes a new one, so that what a failed transaction had done is forgotten by forgetting the value.
 *
 *     running ──all steps done──▶ done
 *        └──refused, or cancelled before the point of no return──▶ compensating ──all taken back──▶ compensated | cancelled
 */
export class Run {
  constructor(
    readonly facts: RunFacts,
    readonly progress: Progress = BEGINNING,
  ) {}

  get isEnded(): boolean {
    const { status } = this.progress;
    return status !== 'running' && status !== 'compensating';
  }

  get isPastReturn(): boolean {
    return isPastReturn(this.facts.plan.workflow, this.progress.records);
  }

  /** What is to be done next; nothing when the run can end. */
  nextMove(): Move | undefined {
    const { workflow } = this.facts.plan;
    const { records, status } = this.progress;
    if (this.isTurned)
      return (status === 'running' && openStep(workflow, records)) || nextCompensation(workflow, records);
    return nextStep(workflow, records);
  }

  isApart({ operation }: Move): boolean {
    return this.facts.plan.isApart(operation);
  }

  recordOf(move: Move): StepRecord | undefined {
    return this.progress.records.get(recordKey(move));
  }

  /** The input of a move in wire form: as it was stored when it was first meant to be sent, else as the mapping makes it now. */
  inputOf(move: Move): unknown {
    const stored = this.recordOf(move);
    return stored === undefined ? encodeInput(move.operation, move.input(this.scope())) : stored.input;
  }

  /** The move's call is about to be made. */
  sent(move: Move): Run {
    return this.recorded({ ...blank(move), state: 'sent', input: this.inputOf(move) });
  }

  /** The move has answered with `output`. */
  done(move: Move, input: unknown, output: unknown): Run {
    const wire = move.operation.kind === 'task' ? null : encodeOutput(move.operation, output);
    return this.recorded({ ...blank(move), state: 'done', input, output: wire });
  }

  /** A step has answered with an error that it declares: the run turns round. */
  refused(move: Move, input: unknown, error: WireError): Run {
    const refused = this.recorded({ ...blank(move), state: 'refused', input, error });
    return refused.with({ status: 'compensating', error: { ...error, operation: move.operation.id } });
  }

  /** A person wants it taken back. */
  cancelled(reason: string): Run {
    return this.with({ cancelledFor: reason });
  }

  /** Nothing is left to be done. */
  ended(): Run {
    if (this.isTurned)
      return this.with({ status: this.progress.cancelledFor === undefined ? 'compensated' : 'cancelled' });
    const { workflow } = this.facts.plan;
    return this.with({ status: 'done', outcome: encodeResult(workflow, workflow.result(this.scope())) });
  }

  /** The database knows everything. */
  saved(): Run {
    return this.with({ isStored: true, unsaved: new Set() });
  }

  /** The records that the database does not know yet. */
  get unsavedRecords(): readonly StepRecord[] {
    return [...this.progress.unsaved].map((key) => this.progress.records.get(key)!);
  }

  private get isTurned(): boolean {
    return this.progress.status === 'compensating' || this.progress.cancelledFor !== undefined;
  }

  /** Input and results so far. Each reading makes new values, so a mapping that changes one changes nothing. */
  private scope(): Record<string, unknown> {
    const { plan, input } = this.facts;
    const scope: Record<string, unknown> = { input: decodeWish(plan.workflow, input) };
    for (const { name, operation } of plan.workflow.steps as readonly Step[]) {
      const record = this.progress.records.get(recordKey({ name, direction: 'do' }));
      if (record?.state === 'done' && operation.kind !== 'task') scope[name] = decodeOutput(operation, record.output);
    }
    return scope;
  }

  private recorded(record: StepRecord): Run {
    const key = recordKey(record);
    return this.with({
      records: new Map(this.progress.records).set(key, record),
      unsaved: new Set(this.progress.unsaved).add(key),
    });
  }

  private with(changes: Partial<Progress>): Run {
    return new Run(this.facts, { ...this.progress, ...changes });
  }
}

/** The argument of a call, from its stored form. Shares nothing with it. */
export function argumentOf(operation: Operation, wire: unknown): unknown {
  return decodeInput(operation, wire);
}

function blank({ name, direction }: Move): Pick<StepRecord, 'name' | 'direction' | 'output' | 'error'> {
  return { name, direction, output: null, error: null };
}
