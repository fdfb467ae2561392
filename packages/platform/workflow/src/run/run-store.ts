import type { ModuleDatabase } from '@macrolith/data';
import type { Move } from './move.js';
import type { PlannedWorkflow } from './planned-workflow.js';
import { Run, type RunError, type RunStatus } from './run.js';
import type { RunContext } from './run-context.js';
import { type RunStatements, runStatements } from './run-statements.js';
import { recordKey, type StepRecord } from './step-record.js';

/** This process does not run the run any more, or somebody has cancelled it: what it was about to write is not written. */
export class RunNotHeld extends Error {}

/** A run as it stands in the database. */
export interface Standing {
  readonly workflow: string;
  readonly version: number;
  readonly shape: string;
  readonly status: RunStatus;
  readonly input: unknown;
  readonly outcome: unknown;
  readonly error: RunError | null;
  readonly cancelled_for: string | null;
  readonly lease: string | null;
}

interface ClaimedRow {
  readonly id: string;
  readonly workflow: string;
  readonly version: number;
  readonly status: RunStatus;
  readonly input: unknown;
  readonly error: RunError | null;
  readonly context: RunContext;
  readonly cancelled_for: string | null;
  readonly deadline_at: Date | null;
  readonly lease: string;
  readonly attempts: number;
}

export interface ClaimedRun {
  readonly run: Run;
  /** How often in a row it could not go on. */
  readonly attempts: number;
}

/** Why a run could not go on, and when to try again. */
export interface Hindrance {
  readonly failure: string;
  readonly delayMs: number;
  /** After so many attempts in a row it counts as stuck. */
  readonly stuckAfter: number;
  readonly move: Move | undefined;
}

/** The runs of one module, under its role. Statements join the running unit of work. */
export class RunStore {
  private readonly statements: RunStatements;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly plans: ReadonlyMap<string, PlannedWorkflow>,
    private readonly leaseMs: number,
  ) {
    this.statements = runStatements(database.schema);
  }

  /** Makes the run. Answers whether it did: under a derived id it may be there. */
  async begin(run: Run): Promise<boolean> {
    const { id, plan, input, context, deadlineAt, lease } = run.facts;
    const { status, outcome, error } = run.progress;
    const { rowCount } = await this.database.query(this.statements.begin, [
      id,
      plan.workflow.name,
      plan.workflow.version,
      plan.shape,
      JSON.stringify(input),
      JSON.stringify(context),
      deadlineAt === undefined ? null : new Date(deadlineAt),
      lease,
      this.leaseMs / 1000,
      status,
      run.isPastReturn,
      outcome === undefined ? null : JSON.stringify(outcome),
      error === undefined ? null : JSON.stringify(error),
      recordsOf(run),
    ]);
    return rowCount === 1;
  }

  /** Writes what the run has come to. @throws RunNotHeld */
  async save(run: Run): Promise<void> {
    const { id, lease } = run.facts;
    const { status, outcome, error, cancelledFor } = run.progress;
    const { rowCount } = await this.database.query(this.statements.save, [
      id,
      lease,
      status,
      run.isPastReturn,
      outcome === undefined ? null : JSON.stringify(outcome),
      error === undefined ? null : JSON.stringify(error),
      this.leaseMs / 1000,
      recordsOf(run),
      cancelledFor !== undefined,
    ]);
    if (rowCount !== 1) throw new RunNotHeld();
  }

  /** Writes that the run could not go on for now, with what it had come to. */
  async fail(run: Run, { failure, delayMs, stuckAfter, move }: Hindrance): Promise<void> {
    const { id, lease } = run.facts;
    const { status, error } = run.progress;
    await this.database.query(this.statements.fail, [
      id,
      lease,
      status,
      run.isPastReturn,
      error === undefined ? null : JSON.stringify(error),
      failure,
      delayMs,
      stuckAfter,
      recordsOf(run),
      move?.name ?? '',
      move?.direction ?? 'do',
    ]);
  }

  /** Leases runs that are due, of the workflows that this process has in the same version and shape. */
  async claim(limit: number): Promise<readonly ClaimedRun[]> {
    const { rows } = await this.database.query<ClaimedRow>(this.statements.claim, [
      this.known(),
      limit,
      this.leaseMs / 1000,
    ]);
    return Promise.all(rows.map((row) => this.load(row)));
  }

  /** When the next run is due, in milliseconds from now; nothing when none is open. */
  async nextDueMs(): Promise<number | undefined> {
    const { rows } = await this.database.query<{ ms: number | null }>(this.statements.nextDue, [this.known()]);
    return rows[0]?.ms ?? undefined;
  }

  async extend(runs: readonly Run[]): Promise<void> {
    const ids = runs.map(({ facts }) => facts.id);
    const leases = runs.map(({ facts }) => facts.lease);
    await this.database.query(this.statements.extend, [ids, leases, this.leaseMs / 1000]);
  }

  /** Hands the run to whoever comes next. */
  async release({ facts }: Run): Promise<void> {
    await this.database.query(this.statements.release, [facts.id, facts.lease]);
  }

  async standing(id: string): Promise<Standing | undefined> {
    const { rows } = await this.database.query<Standing>(this.statements.standing, [id]);
    return rows[0];
  }

  /** Removes runs that ended more than `days` ago, at most `limit`. Answers how many. */
  async sweep(days: number, limit: number): Promise<number> {
    const { rowCount } = await this.database.query(this.statements.sweep, [days, limit]);
    return rowCount ?? 0;
  }

  private known(): string {
    const known = [...this.plans.values()].map(({ workflow, shape }) => ({
      workflow: workflow.name,
      version: workflow.version,
      shape,
    }));
    return JSON.stringify(known);
  }

  private async load(row: ClaimedRow): Promise<ClaimedRun> {
    const { rows } = await this.database.query<StepRecord>(this.statements.records, [row.id]);
    const facts = {
      id: row.id,
      plan: this.plans.get(row.workflow)!,
      input: row.input,
      context: row.context,
      deadlineAt: row.deadline_at?.getTime(),
      lease: row.lease,
    };
    const run = new Run(facts, {
      status: row.status,
      isStored: true,
      cancelledFor: row.cancelled_for ?? undefined,
      records: new Map(rows.map((record) => [recordKey(record), record])),
      unsaved: new Set(),
      error: row.error ?? undefined,
      outcome: undefined,
    });
    return { run, attempts: row.attempts };
  }
}

function recordsOf(run: Run): string {
  return JSON.stringify(run.unsavedRecords);
}
