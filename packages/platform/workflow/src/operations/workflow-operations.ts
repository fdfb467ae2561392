import { type Page, pageFrom } from '@macrolith/contract';
import { Database, type ModuleDatabase } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { SagaRuns } from '../saga-runs.js';
import {
  InterventionUnexplained,
  KeepsNoRuns,
  RunHasEnded,
  RunNotCancellable,
  RunNotFound,
} from './operation-errors.js';
import type { InterventionView, RunDetails, RunSummary, ShownStatus, StepView } from './run-view.js';

export interface RunFilter {
  readonly status?: ShownStatus;
  readonly workflow?: string;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string;
  /** Default 50. */
  readonly limit?: number;
}

/** Who does something to a run, and why: it is recorded. */
export interface Intervention {
  readonly who: string;
  readonly why: string;
}

interface Row extends Omit<RunDetails, 'module' | 'isHeld' | 'canBeCancelled' | 'steps' | 'interventions'> {
  readonly shape: string;
  readonly pastReturn: boolean;
}

const STATUS = `CASE WHEN stuck_since IS NOT NULL AND closed_at IS NULL THEN 'stuck' ELSE status END`;
const SUMMARY = `id, workflow, version, shape, ${STATUS} AS status, attempts, failure, error ->> 'message' AS refusal,
  cancelled_for AS "cancelledFor", due_at AS "dueAt",
  created_at AS "createdAt", closed_at AS "closedAt"`;
const OPEN = `status IN ('running', 'compensating')`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What people can see of the runs of this process's modules, and do to them. For the console and for programs. */
@Injectable()
export class WorkflowOperations {
  constructor(
    private readonly database: Database,
    private readonly runs: SagaRuns,
  ) {}

  /** The modules that keep runs. */
  get modules(): readonly string[] {
    return this.runs.modules;
  }

  /** Runs of one module, newest first. @throws KeepsNoRuns */
  async list(module: string, { status, workflow, cursor, limit = 50 }: RunFilter = {}): Promise<Page<RunSummary>> {
    const database = this.keeper(module);
    const [createdAt, id] = cursor === undefined ? [null, null] : cursor.split('/');
    const { rows } = await database.query<Row & { readonly place: string }>(
      `SELECT ${SUMMARY}, created_at::text AS place FROM ${database.schema}.workflow_run
      WHERE ($1::text IS NULL OR ${STATUS} = $1) AND ($2::text IS NULL OR workflow = $2)
        AND ($3::timestamptz IS NULL OR (created_at, id) < ($3::timestamptz, $4::uuid))
      ORDER BY created_at DESC, id DESC LIMIT $5`,
      [status ?? null, workflow ?? null, createdAt, id, limit + 1],
    );
    const { items, nextCursor } = pageFrom(rows, limit, (last) => `${last.place}/${last.id}`);
    const summaries = items.map((row) => this.summary(module, row));
    return nextCursor === undefined ? { items: summaries } : { items: summaries, nextCursor };
  }

  /** One run with its steps and what people did to it. @throws RunNotFound, KeepsNoRuns */
  async show(module: string, id: string): Promise<RunDetails> {
    const database = this.keeper(module);
    const { schema } = database;
    if (!UUID.test(id)) throw new RunNotFound(module, id);
    const [runs, steps, interventions] = await Promise.all([
      database.query<Row>(
        `SELECT ${SUMMARY}, input, outcome, error, context, past_return AS "pastReturn"
        FROM ${schema}.workflow_run WHERE id = $1`,
        [id],
      ),
      database.query<StepView>(
        `SELECT name, direction, state, input, output, error, attempts, noted_at AS "notedAt"
        FROM ${schema}.workflow_step WHERE run_id = $1 ORDER BY position`,
        [id],
      ),
      database.query<InterventionView>(
        `SELECT action, who, why, at FROM ${schema}.workflow_intervention WHERE run_id = $1 ORDER BY at`,
        [id],
      ),
    ]);
    const [row] = runs.rows;
    if (row === undefined) throw new RunNotFound(module, id);
    const { input, outcome, error, context } = row;
    const summary = this.summary(module, row);
    const isGoing = summary.status === 'running' || (summary.status === 'stuck' && error === null);
    return {
      ...summary,
      input,
      outcome,
      error,
      context,
      canBeCancelled: isGoing && !row.pastReturn && row.cancelledFor === null,
      steps: steps.rows,
      interventions: interventions.rows,
    };
  }

  /** Has a run tried again now, whatever pause it is in. @throws RunNotFound, RunHasEnded, InterventionUnexplained */
  async retry(module: string, id: string, by: Intervention): Promise<void> {
    const changed = await this.intervene(module, id, 'retry', by, `SET due_at = now()`, OPEN);
    if (!changed) await this.refuse(module, id);
    this.runs.of(module).wake();
  }

  /**
   * Takes a run back: what it has done is compensated, in reverse. Its caller gets `WorkflowCancelled` with the reason.
   *
   * @throws RunNotCancellable once it is past the point of no return
   * @throws RunNotFound, RunHasEnded, InterventionUnexplained
   */
  async cancel(module: string, id: string, by: Intervention): Promise<void> {
    const change = `SET cancelled_for = $5, due_at = now()`;
    const condition = `status = 'running' AND NOT past_return AND cancelled_for IS NULL`;
    const changed = await this.intervene(module, id, 'cancel', by, change, condition);
    if (!changed) await this.refuse(module, id, 'cancel');
    this.runs.of(module).wake();
  }

  /** In one statement, so that what was done and the record of it are both there or neither. */
  private async intervene(
    module: string,
    id: string,
    action: InterventionView['action'],
    { who, why }: Intervention,
    change: string,
    condition: string,
  ): Promise<boolean> {
    if (who.trim() === '') throw new InterventionUnexplained('who');
    if (why.trim() === '') throw new InterventionUnexplained('why');
    const database = this.keeper(module);
    if (!UUID.test(id)) throw new RunNotFound(module, id);
    const { rowCount } = await database.query(
      `WITH changed AS (
        UPDATE ${database.schema}.workflow_run ${change} WHERE id = $1 AND ${condition} AND $5::text <> '' RETURNING id
      )
      INSERT INTO ${database.schema}.workflow_intervention (run_id, action, who, why)
      SELECT id, $2, $3, $4 FROM changed`,
      [id, action, who, why, why],
    );
    return rowCount === 1;
  }

  private async refuse(module: string, id: string, action?: 'cancel'): Promise<never> {
    const { status, closedAt, error, cancelledFor } = await this.show(module, id);
    if (closedAt !== null) throw new RunHasEnded(id, status);
    const isTurned = error !== null || cancelledFor !== null;
    if (action === 'cancel') throw new RunNotCancellable(id, isTurned ? 'compensating' : 'past-return');
    throw new RunNotFound(module, id);
  }

  private summary(module: string, row: Row): RunSummary {
    const { id, workflow, version, shape, status, closedAt } = row;
    const { attempts, failure, refusal, cancelledFor, dueAt, createdAt } = row;
    const isHeld = closedAt === null && !this.runs.knows(module, workflow, version, shape);
    const reasons = { failure, refusal, cancelledFor };
    return { id, module, workflow, version, status, isHeld, attempts, ...reasons, dueAt, createdAt, closedAt };
  }

  private keeper(module: string): ModuleDatabase {
    if (!this.runs.keepsRunsOf(module)) throw new KeepsNoRuns(module);
    return this.database.of(module);
  }
}
