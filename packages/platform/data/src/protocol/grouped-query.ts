import pg from 'pg';
import { type ConnectionMemory, memoryOf } from './connection-memory.js';
import type { Control } from './control.js';
import { messageGroup, type PreparedValue } from './messages.js';
import type { PgConnection, RowReader } from './pg-connection.js';

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
  text: string;
  name: string | undefined;
  callback: QueryCallback;
  _result: RowReader;
  _accumulateRows: boolean;
  submit(connection: PgConnection): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: PgConnection): void;
  handleError(error: Error, connection: PgConnection): void;
}

const PgQuery = pg.Query as unknown as { new (text: string): QueryInternals };

/**
 * One statement with controls in front of it, all before one Sync and in one write:
 *
 *     Parse Bind Execute (control) … Parse Bind Describe Execute (statement) Sync
 *
 * PostgreSQL answers nothing before the Sync is read, so the controls cost no round trip; and an error in a control
 * makes it skip everything up to the Sync, so the statement can never run under the previous role or outside its
 * savepoint. Outside a transaction block the group is one implicit transaction, which is what makes a role that is
 * set `LOCAL` hold for exactly this statement.
 *
 * It is always the extended protocol: in the simple one a text may hold several statements, `select 1; reset role`
 * among them. A statement that the connection has prepared is not described again: PostgreSQL refuses to run it
 * (0A000) once its columns have changed.
 */
export class GroupedQuery extends PgQuery {
  /** Controls whose answers are still to come; the answers that follow belong to the statement. */
  private controlsUnanswered = 0;
  declare private statementName: string | undefined;
  private memory: ConnectionMemory | undefined;
  private isDescribed = false;

  constructor(
    private readonly statement: ReadyStatement,
    private readonly controls: readonly Control[],
    callback: QueryCallback,
  ) {
    super(statement.text);
    this.name = statement.name;
    this.callback = callback;
  }

  /** Read by pg when a Parse is answered: while controls are answered, it must not take theirs for the statement's. */
  override get name(): string | undefined {
    return this.controlsUnanswered > 0 ? undefined : this.statementName;
  }

  override set name(name: string | undefined) {
    this.statementName = name;
  }

  override submit(connection: PgConnection): null {
    const { text, values, name } = this.statement;
    const memory = memoryOf(connection);
    const isPrepared = name !== undefined && isKnownTo(connection, name);
    const reader = isPrepared ? memory.rowReaders.get(name) : undefined;
    this.memory = memory;
    this.isDescribed = reader === undefined;
    if (reader) this.readRowsWith(reader);
    if (name !== undefined && !isPrepared) connection.submittedNamedStatements[name] = text;
    const group = { text, values, name, parse: !isPrepared, describe: this.isDescribed };
    connection._send(messageGroup(messagesOf(this.controls, memory), group));
    this.controlsUnanswered = this.controls.length;
    return null;
  }

  override handleRowDescription(message: unknown): void {
    if (this.controlsUnanswered > 0) return;
    super.handleRowDescription(message);
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result;
    this.remember({ fields, _parsers, _prebuiltEmptyResultObject });
  }

  override handleDataRow(message: unknown): void {
    if (this.controlsUnanswered === 0) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: PgConnection): void {
    if (this.controlsUnanswered > 0) {
      this.controlsUnanswered -= 1;
      return;
    }
    // Described, and no description came: the statement answers no rows.
    if (this.isDescribed) this.remember(null);
    super.handleCommandComplete(message, connection);
  }

  override handleError(error: Error, connection: PgConnection): void {
    if (this.controlsUnanswered > 0) {
      // The statement's own Parse was skipped, so its name is not taken on this connection.
      this.controlsUnanswered = 0;
      if (this.statementName !== undefined) delete connection.submittedNamedStatements[this.statementName];
    }
    super.handleError(error, connection);
  }

  private remember(reader: RowReader | null): void {
    this.isDescribed = false;
    if (this.statementName !== undefined) this.memory!.rowReaders.set(this.statementName, reader);
  }

  private readRowsWith(reader: RowReader): void {
    this._result.fields = reader.fields;
    this._result._parsers = reader._parsers;
    this._result._prebuiltEmptyResultObject = reader._prebuiltEmptyResultObject;
    this._accumulateRows = true;
  }
}

function isKnownTo(connection: PgConnection, name: string): boolean {
  return connection.parsedStatements[name] !== undefined || connection.submittedNamedStatements[name] !== undefined;
}

function messagesOf(controls: readonly Control[], { preparedControls }: ConnectionMemory): Buffer[] {
  const messages: Buffer[] = [];
  for (const control of controls) {
    const { prepared } = control;
    if (prepared !== undefined && !preparedControls.has(prepared.name)) {
      preparedControls.add(prepared.name);
      messages.push(prepared.parse);
    }
    messages.push(control.messages);
  }
  return messages;
}
