import type { QueryResult } from 'pg';
import { StatementRefused } from './errors/statement-errors.js';
import { SpansTwoDatabases } from './errors/unit-of-work-errors.js';
import type { ModuleAccess } from './pool/module-access.js';
import type { SharedPool } from './pool/shared-pool.js';
import { type Control, control } from './protocol/control.js';
import { preparedValues } from './statements/prepared-values.js';
import type { KnownStatement } from './statements/statement-names.js';
import { runningScope, type Scope } from './transaction/scope.js';
import { runSingleStatement } from './transaction/single-statement.js';

const NO_COMMANDS = {
  why: 'transactions are begun and ended by units of work',
  remedy: 'Use UnitOfWork.run(), @Transactional() or dataSource.transaction().',
};

const PLAN_ONCE = control('SET LOCAL plan_cache_mode = force_generic_plan');

/** SQL under one module's role. Statements join the running unit of work; outside of one each commits on its own. */
export class ModuleDatabase {
  constructor(
    private readonly pool: SharedPool,
    private readonly access: ModuleAccess,
  ) {}

  get module(): string {
    return this.access.module;
  }

  /** The schema that holds the module's tables. Name it in every statement: there is no search path. */
  get schema(): string {
    return this.access.schema;
  }

  /** `values` stand for $1, $2 and so on. Texts that come again are prepared by the connections. */
  async query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    const statement = this.statementOf(text);
    if (statement.command !== undefined) throw new StatementRefused(this.module, text, NO_COMMANDS);
    return this.run(this.runningScope(), statement, values);
  }

  /**
   * Joins the running unit of work like `query`, as its last statement: from here on statements are planned once by each
   * connection. For statements that cost more to plan than to run.
   */
  async queryLast<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    const statement = this.statementOf(text);
    if (statement.command !== undefined) throw new StatementRefused(this.module, text, NO_COMMANDS);
    return this.run(this.runningScope(), statement, values, PLAN_ONCE);
  }

  /**
   * Runs a statement by itself, outside of any unit of work. It is planned once by each connection, and so that it uses
   * indexes whatever the statistics say: for queues, whose tables are empty when they are analysed and full a minute later.
   */
  async queryByIndexes<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    const { pool, access } = this;
    const statement = this.statementOf(text);
    if (statement.command !== undefined) throw new StatementRefused(this.module, text, NO_COMMANDS);
    if (statement.refusal !== undefined) throw new StatementRefused(this.module, text, statement.refusal);
    return runSingleStatement(pool, access, statement, preparedValues(values), access.setRoleForIndexedStatement);
  }

  /** What is known about `text` under this module's role. Counts as one use of it. */
  statementOf(text: string): KnownStatement {
    return this.pool.names.of(this.access.role, text);
  }

  /** Runs a statement in `scope`, with `before` in front of it, or alone. */
  run(
    scope: Scope | undefined,
    statement: KnownStatement,
    values: readonly unknown[] | undefined,
    before?: Control,
  ): Promise<QueryResult> {
    const { pool, access } = this;
    if (statement.refusal !== undefined) {
      return Promise.reject(new StatementRefused(access.module, statement.text, statement.refusal));
    }
    let prepared: ReturnType<typeof preparedValues>;
    try {
      prepared = preparedValues(values);
    } catch (error) {
      return Promise.reject(error);
    }
    if (scope === undefined) return runSingleStatement(pool, access, statement, prepared);
    return scope.session.execute(scope, access, statement, prepared, before);
  }

  /** The scope that the calling code runs in, if any. */
  runningScope(): Scope | undefined {
    const scope = runningScope();
    if (scope !== undefined && scope.session.pool !== this.pool)
      throw new SpansTwoDatabases(this.module, scope.session.begunBy);
    return scope;
  }
}
