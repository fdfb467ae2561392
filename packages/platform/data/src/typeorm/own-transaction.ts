import { HandMadeTransaction } from '../errors/statement-errors.js';
import { IsolationMismatch } from '../errors/unit-of-work-errors.js';
import type { ModuleDatabase } from '../module-database.js';
import type { SharedPool } from '../pool/shared-pool.js';
import type { TransactionCommand } from '../statements/transaction-command.js';
import type { Scope } from '../transaction/scope.js';
import { TransactionSession } from '../transaction/transaction-session.js';

/** What a query runner is told when its command was carried out. */
export interface CommandAnswer {
  readonly command: string;
  readonly rows: readonly [];
  readonly rowCount: 0;
}

/**
 * The transaction that a hand-made query runner starts outside of any unit of work. Its savepoints are scopes, so
 * everything that holds for units of work holds for it too; injected repositories do not join it.
 */
export class OwnTransaction {
  /** Where statements of the query runner go while its transaction is open. */
  scope: Scope | undefined;

  constructor(
    private readonly pool: SharedPool,
    private readonly database: ModuleDatabase,
  ) {}

  /** Carries out a command of the query runner. `joined` is the unit of work that its code runs in. */
  async obey(command: TransactionCommand, text: string, joined: Scope | undefined): Promise<CommandAnswer> {
    if (this.scope === undefined && joined !== undefined) throw new HandMadeTransaction(this.database.module, text);
    if (command.kind === 'begin' && this.scope === undefined) this.scope = new TransactionSession(this.pool).root;
    else if (this.scope === undefined) throw new HandMadeTransaction(this.database.module, text);
    else await this.change(command, this.scope);
    return { command: text.toUpperCase(), rows: [], rowCount: 0 };
  }

  /** Rolls back what is still open. */
  abandon(): void {
    void this.scope?.session.rollback();
    this.scope = undefined;
  }

  private async change(command: TransactionCommand, scope: Scope): Promise<void> {
    const { session, parent } = scope;
    switch (command.kind) {
      case 'begin':
      case 'savepoint':
        this.scope = await session.openSavepoint(scope);
        return;
      case 'isolation':
        if (!session.isolate(command.level)) throw new IsolationMismatch(session.isolation, command.level);
        return;
      case 'release':
      case 'rollback-to':
        if (parent === undefined) throw new HandMadeTransaction(this.database.module, command.kind);
        this.scope = parent;
        return session.closeSavepoint(scope, command.kind === 'release' ? 'keep' : 'undo');
      case 'commit':
        this.scope = undefined;
        return session.commit();
      case 'rollback':
        this.scope = undefined;
        return session.rollback();
    }
  }
}
