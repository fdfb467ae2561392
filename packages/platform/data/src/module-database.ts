import type { QueryResult } from 'pg';
import { StatementRefused } from './errors/statement-errors.js';
import { SpansTwoDatabases } from './errors/unit-of-work-errors.js';
import type { ModuleAccess } from './pool/module-access.js';
import type { SharedPool } from './pool/shared-pool.js';
import { preparedValues } from './statements/prepared-values.js';
import type { KnownStatement } from './statements/statement-names.js';
import { runningScope, type Scope } from './transaction/scope.js';
import { runSingleStatement } from './transaction/single-statement.js';

const NO_COMMANDS = {
  why: 'transactions are begun and ended by units of work',
  remedy: 'Use UnitOfWork.run(), @Transactional() or dataSource.transaction().',
};

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

  /** What is known about `text` under this module's role. Counts as one use of it. */
  statementOf(text: string): KnownStatement {
    return this.pool.names.of(this.access.role, text);
  }

  /** Runs a statement in `scope`, or alone. */
  run(
    scope: Scope | undefined,
    statement: KnownStatement,
    values: readonly unknown[] | undefined,
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
    return scope.session.execute(scope, access, statement, prepared);
  }

  /** The scope that the calling code runs in, if any. */
  runningScope(): Scope | undefined {
    const scope = runningScope();
    if (scope !== undefined && scope.session.pool !== this.pool)
      throw new SpansTwoDatabases(this.module, scope.session.begunBy);
    return scope;
  }
}
