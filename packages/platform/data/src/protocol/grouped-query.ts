import pg from 'pg';
import type { Control } from './control.js';
import type { PgConnection } from './pg-connection.js';

/** A parameter in the form in which it is sent. */
export type PreparedValue = string | Buffer | null;

/**
 * A statement that is ready to be sent. Values are prepared before: one that fails to serialise while it is sent
 * would leave the statement's name taken on the connection and unusable (26000).
 */
export interface ReadyStatement {
  readonly text: string;
  readonly values: readonly PreparedValue[] | undefined;
  /** The name under which connections keep it prepared; undefined runs it unnamed. */
  readonly name: string | undefined;
}

export type QueryCallback = (error: Error | null | undefined, result: pg.QueryResult) => void;

/** What pg.Query does at runtime and its published types leave out. */
interface QueryInternals {
  callback: QueryCallback;
  submit(connection: PgConnection): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: PgConnection): void;
  handleError(error: Error, connection: PgConnection): void;
}

const PgQuery = pg.Query as unknown as { new (config: object): QueryInternals };

/** Prepared controls that a connection has been sent. */
const preparedOn = new WeakMap<PgConnection, Set<string>>();

/**
 * One statement with controls in front of it, all before one Sync:
 *
 *     Parse Bind Execute (control) … Parse Bind Describe Execute (statement) Sync
 *
 * PostgreSQL answers nothing before the Sync is read, so the controls cost no round trip; and an error in a control
 * makes it skip everything up to the Sync, so the statement can never run under the previous role or outside its
 * savepoint. Outside a transaction block the group is one implicit transaction, which is what makes a role that is
 * set `LOCAL` hold for exactly this statement.
 */
export class GroupedQuery extends PgQuery {
  /** Controls whose answers are still to come; the answers that follow belong to the statement. */
  private controlsUnanswered = 0;
  declare private statementName: string | undefined;

  constructor(
    statement: ReadyStatement,
    private readonly controls: readonly Control[],
    callback: QueryCallback,
  ) {
    // Always extended: in the simple protocol one text may hold several statements, `select 1; reset role` among them.
    super({ text: statement.text, values: statement.values, name: statement.name, queryMode: 'extended' });
    this.callback = callback;
  }

  /** Read by pg when a Parse is answered: while controls are answered, it must not take theirs for the statement's. */
  get name(): string | undefined {
    return this.controlsUnanswered > 0 ? undefined : this.statementName;
  }

  set name(name: string | undefined) {
    this.statementName = name;
  }

  override submit(connection: PgConnection): Error | null {
    if (this.controls.length === 0) return super.submit(connection);
    connection.stream.cork();
    try {
      for (const control of this.controls) sendControl(connection, control);
      const refusal = super.submit(connection);
      if (refusal === null) this.controlsUnanswered = this.controls.length;
      return refusal;
    } finally {
      connection.stream.uncork();
    }
  }

  override handleRowDescription(message: unknown): void {
    if (this.controlsUnanswered === 0) super.handleRowDescription(message);
  }

  override handleDataRow(message: unknown): void {
    if (this.controlsUnanswered === 0) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: PgConnection): void {
    if (this.controlsUnanswered > 0) this.controlsUnanswered -= 1;
    else super.handleCommandComplete(message, connection);
  }

  override handleError(error: Error, connection: PgConnection): void {
    if (this.controlsUnanswered > 0) {
      // The statement's own Parse was skipped, so its name is not taken on this connection.
      this.controlsUnanswered = 0;
      if (this.statementName !== undefined) delete connection.submittedNamedStatements[this.statementName];
    }
    super.handleError(error, connection);
  }
}

function sendControl(connection: PgConnection, { prepared, messages }: Control): void {
  if (prepared !== undefined && !isPreparedOn(connection, prepared.name)) connection._send(prepared.parse);
  connection._send(messages);
}

function isPreparedOn(connection: PgConnection, name: string): boolean {
  let names = preparedOn.get(connection);
  if (names === undefined) {
    names = new Set();
    preparedOn.set(connection, names);
  }
  if (names.has(name)) return true;
  names.add(name);
  return false;
}
