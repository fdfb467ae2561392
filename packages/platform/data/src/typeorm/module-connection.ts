import type { QueryResult } from 'pg';
import { StatementRefused } from '../errors/statement-errors.js';
import type { ModuleDatabase } from '../module-database.js';
import type { SharedPool } from '../pool/shared-pool.js';
import type { Scope } from '../transaction/scope.js';
import { type CommandAnswer, OwnTransaction } from './own-transaction.js';

type Callback = (error: unknown, result?: QueryResult | CommandAnswer) => void;

const NO_STREAMS = {
  why: 'streams and cursors keep a portal open, and the connection is shared by statements that travel together',
  remedy: 'Read in pages.',
};

/**
 * What TypeORM believes to be a connection. It leases nothing: each statement goes to the unit of work that runs when
 * it is sent, or on its own. Only a transaction that a hand-made query runner starts is held here.
 */
export class ModuleConnection {
  private own: OwnTransaction | undefined;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly pool: SharedPool,
    /** The scope in which its query runner was made, so that the runner's entity manager stays with its unit of work. */
    private readonly madeIn: Scope | undefined,
  ) {}

  query(text: unknown, values?: readonly unknown[] | Callback, callback?: Callback): Promise<unknown> | undefined {
    const answered = typeof values === 'function' ? values : callback;
    const answer = this.run(text, typeof values === 'function' ? undefined : values);
    if (answered === undefined) return answer;
    answer.then((result) => answered(null, result), answered);
    return undefined;
  }

  /** TypeORM listens for errors of its connection; these reach it through its statements. */
  on(): this {
    return this;
  }

  removeListener(): this {
    return this;
  }

  /** A transaction that was left open is rolled back. */
  release(): void {
    this.own?.abandon();
  }

  private async run(text: unknown, values: readonly unknown[] | undefined): Promise<QueryResult | CommandAnswer> {
    const { database } = this;
    if (typeof text !== 'string') throw new StatementRefused(database.module, 'a stream', NO_STREAMS);
    const statement = database.statementOf(text);
    if (statement.command === undefined) return database.run(this.own?.scope ?? this.scope(), statement, values);
    this.own ??= new OwnTransaction(this.pool, database);
    return this.own.obey(statement.command, text, this.scope());
  }

  private scope(): Scope | undefined {
    const running = this.database.runningScope();
    if (this.madeIn === undefined || running?.session === this.madeIn.session) return running;
    return this.madeIn;
  }
}
