import { type Collector, currentContext } from '@macrolith/core';
import type { QueryResult } from 'pg';
import { ConnectionLost } from '../errors/connection-errors.js';
import { TurnTimeout } from '../errors/turn-timeout.js';
import {
  CommitOutcomeUnknown,
  notCommitted,
  swallowedFailure,
  UnitOfWorkEnded,
} from '../errors/unit-of-work-errors.js';
import type { Lease } from '../pool/lease.js';
import type { ModuleAccess } from '../pool/module-access.js';
import type { SharedPool } from '../pool/shared-pool.js';
import type { Control } from '../protocol/control.js';
import type { PreparedValue } from '../protocol/messages.js';
import { renewOutdatedPlan } from '../statements/outdated-plan.js';
import type { KnownStatement } from '../statements/statement-names.js';
import { runAfterCommit } from './after-commit.js';
import { CollectedItems } from './collected-items.js';
import { lastSentInside, openInside } from './open-command.js';
import { PendingControls } from './pending-controls.js';
import { Scope, type SentStatement } from './scope.js';
import { ScopedList } from './scoped-list.js';

interface Failure {
  readonly error: Error;
  /** PostgreSQL refuses every statement until this scope, or one around it, is rolled back. */
  readonly scope: Scope;
}

/**
 * One database transaction across modules, on one connection.
 *
 * The connection is leased for the first statement. BEGIN, savepoints and the module's role travel in front of the
 * statement that needs them, so none costs a round trip, and a command that sends no statement costs nothing.
 *
 *     not begun ──first statement──▶ begun ──commit or rollback──▶ ended: everything is refused
 */
export class TransactionSession {
  readonly root = new Scope(this, undefined);
  /** The only scope that may send now. */
  innermost: Scope = this.root;
  isEnded = false;

  private readonly controls: PendingControls;
  private readonly collected = new CollectedItems();
  private readonly afterCommitWork = new ScopedList<() => void>();
  private lease: Lease | undefined;
  private leasing: Promise<void> | undefined;
  private failure: Failure | undefined;
  /** Set when the connection was lost under the unit of work. */
  private lost: ConnectionLost | undefined;

  constructor(
    readonly pool: SharedPool,
    isolation?: string,
  ) {
    this.controls = new PendingControls(isolation);
  }

  /** The module that sent the first statement, if any was sent. */
  get begunBy(): string | undefined {
    return this.controls.begunBy;
  }

  /** SQL's name of the isolation level. */
  get isolation(): string {
    return this.controls.isolation ?? 'READ COMMITTED';
  }

  /** Sets the isolation level, which PostgreSQL allows before the first statement only; answers whether it is so now. */
  isolate(level: string): boolean {
    if (this.begunBy === undefined) this.controls.isolation = level;
    return this.isolation === level;
  }

  collect(scope: Scope, collector: Collector<unknown>, item: unknown): void {
    this.collected.add(scope, collector, item);
  }

  afterCommit(scope: Scope, work: () => void): void {
    this.afterCommitWork.add(scope, work);
  }

  /** Sends a statement of `scope` under the module's role, `before` right in front of it. Statements of one scope are pipelined. */
  execute(
    scope: Scope,
    access: ModuleAccess,
    statement: KnownStatement,
    values: readonly PreparedValue[] | undefined,
    before?: Control,
  ): Promise<QueryResult> {
    if (scope.isEnded) return Promise.reject(new UnitOfWorkEnded(access.module, statement.text));
    if (this.lease === undefined || this.innermost !== scope)
      return this.executeLater(scope, access, statement, values, before);
    return this.send(this.lease, scope, access, statement, values, before);
  }

  /** Runs `work` in a savepoint inside `parent`, as soon as no other savepoint of `parent` is open. */
  async runSavepoint<T>(parent: Scope, work: () => Promise<T>): Promise<T> {
    const scope = await this.openSavepoint(parent);
    let result: T;
    try {
      result = await scope.run(work);
    } catch (error) {
      await this.closeSavepoint(scope, 'undo');
      throw error;
    }
    await this.closeSavepoint(scope, 'keep');
    return result;
  }

  /** Opens a savepoint inside `parent`; whoever opens it has to close it. */
  async openSavepoint(parent: Scope): Promise<Scope> {
    if (parent.isEnded) throw new UnitOfWorkEnded(undefined, 'a nested transaction');
    parent.begun();
    const scope = new Scope(this, parent);
    if (this.innermost === parent) {
      this.innermost = scope;
      return scope;
    }
    try {
      await this.waitForTurn(parent, undefined, () => {
        if (this.isEnded) throw new UnitOfWorkEnded(undefined, 'a nested transaction');
        this.innermost = scope;
      });
    } catch (error) {
      parent.finished();
      throw error;
    }
    return scope;
  }

  /** Ends a savepoint. Waits for what its work began without awaiting it. Kept work that failed inside is refused. */
  async closeSavepoint(scope: Scope, how: 'keep' | 'undo'): Promise<void> {
    if (scope.hasUnfinishedWork) await scope.allFinished();
    const parent = scope.parent!;
    scope.close();
    if (this.isEnded) {
      parent.finished();
      if (how === 'keep') throw new UnitOfWorkEnded(undefined, 'the end of a nested transaction');
      return;
    }
    const failure = this.failureInside(scope);
    if (how === 'keep' && failure === undefined) this.controls.release(scope);
    else this.undo(scope, failure);
    this.innermost = parent;
    parent.finished();
    parent.giveTurns();
    if (how === 'keep' && failure !== undefined) throw swallowedFailure('command', failure.error);
  }

  /** Writes what was collected and commits, once everything that was begun has finished. */
  async commit(): Promise<void> {
    let writing: Promise<void> | undefined;
    for (;;) {
      if (this.root.hasUnfinishedWork) await this.root.allFinished();
      else if (this.failure !== undefined) return this.refuseCommit(this.failure.error);
      else if (this.collected.isEmpty) break;
      else {
        const batches = this.collected.take();
        writing = this.root.run(() => batches.flush());
        if (batches.areSentAtOnce && this.lease !== undefined) break;
        await this.orRollBack(writing);
        writing = undefined;
      }
    }
    // No await between the last check and this line: what comes later is refused, so it is in or out as a whole.
    this.isEnded = true;
    if (this.lease !== undefined) await this.commitOn(this.lease, writing);
    runAfterCommit(this.afterCommitWork.take());
  }

  /** Undoes everything. Never throws: a connection that is lost has undone it already. */
  async rollback(): Promise<void> {
    this.isEnded = true;
    for (let scope: Scope | undefined = this.innermost; scope !== undefined; scope = scope.parent) scope.giveTurns();
    await this.leasing?.catch(() => {});
    const lease = this.lease;
    if (lease === undefined) return;
    // Statements under way are answered before it: the connection is handed back when nothing of the unit is left on it.
    let problem: Error | undefined;
    if (this.begunBy !== undefined && !lease.isLost) {
      await lease.control([], 'ROLLBACK').catch((error: Error) => {
        problem = error;
      });
    }
    lease.release(problem);
  }

  private async executeLater(
    scope: Scope,
    access: ModuleAccess,
    statement: KnownStatement,
    values: readonly PreparedValue[] | undefined,
    before: Control | undefined,
  ): Promise<QueryResult> {
    scope.begun();
    try {
      if (this.innermost !== scope) {
        const waiting = { module: access.module, statement: statement.text };
        return await this.waitForTurn(scope, waiting, () => this.execute(scope, access, statement, values, before));
      }
      await this.leaseConnection(scope);
      return await this.execute(scope, access, statement, values, before);
    } finally {
      scope.finished();
    }
  }

  /** Runs `act` when `scope` is the innermost. `waiting` is the statement that waits; undefined for a nested command. */
  private waitForTurn<T>(scope: Scope, waiting: SentStatement | undefined, act: () => T | Promise<T>): Promise<T> {
    if (this.lost !== undefined) return Promise.reject(this.lost);
    const limit = {
      waitMs: this.pool.lockTimeoutMs,
      deadlineAt: currentContext().deadlineAt,
      holder: () => openInside(scope),
      expired: (waitedMs: number) => this.giveUp(new TurnTimeout(waiting, lastSentInside(scope), waitedMs)),
    };
    return scope.turns.wait(limit, act);
  }

  /** From here on nothing of the unit can be kept, even if the error is caught. */
  private giveUp(error: Error): Error {
    if (this.failure !== undefined) error.cause ??= this.failure.error;
    this.failure = { error, scope: this.root };
    return error;
  }

  /** On a lost connection no turn can come. What is under way learns of the loss from pg. */
  private loseConnection(cause: Error): void {
    this.lost ??= new ConnectionLost(cause);
    for (let scope: Scope | undefined = this.innermost; scope !== undefined; scope = scope.parent)
      scope.turns.refuseAll(this.lost);
  }

  private async leaseConnection(scope: Scope): Promise<void> {
    this.leasing ??= this.pool.lease().then((lease) => {
      this.lease = lease;
      lease.whenLost((error) => this.loseConnection(error));
    });
    try {
      await this.leasing;
    } catch (error) {
      this.leasing = undefined;
      this.fail(scope, error as Error);
      throw error;
    }
  }

  private send(
    lease: Lease,
    scope: Scope,
    access: ModuleAccess,
    statement: KnownStatement,
    values: readonly PreparedValue[] | undefined,
    before: Control | undefined,
  ): Promise<QueryResult> {
    const needed = this.controls.before(scope, access);
    const controls = before === undefined ? needed : [...needed, before];
    const { text, name } = statement;
    scope.lastSent = { module: access.module, statement: text };
    scope.begun();
    return new Promise((resolve, reject) => {
      lease.send(controls, { text, values, name }, (error, result) => {
        if (error) {
          this.fail(scope, error);
          if (name !== undefined) renewOutdatedPlan(this.pool.names, statement, name, error);
          reject(error);
        } else {
          resolve(result);
        }
        scope.finished();
      });
    });
  }

  /** Keeps the first error: PostgreSQL only says 25P02 to what follows, so it becomes the cause of those. */
  private fail(scope: Scope, error: Error): void {
    if (this.failure === undefined) this.failure = { error, scope };
    else if (error !== this.failure.error) error.cause ??= this.failure.error;
  }

  private failureInside(scope: Scope): Failure | undefined {
    return this.failure !== undefined && scope.contains(this.failure.scope) ? this.failure : undefined;
  }

  private undo(scope: Scope, failure: Failure | undefined): void {
    this.collected.drop(scope);
    this.afterCommitWork.drop(scope);
    if (failure !== undefined) this.failure = undefined;
    // With a failure outside, the savepoint may not even exist, and only the rollback of an outer scope can help.
    if (this.failure === undefined) this.controls.rollBack(scope);
  }

  private async refuseCommit(error: Error): Promise<never> {
    await this.rollback();
    throw swallowedFailure('unit of work', error);
  }

  private async orRollBack(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      await this.rollback();
      throw error;
    }
  }

  /** `writing` are statements that were sent right before; when they fail, PostgreSQL turns the COMMIT into a ROLLBACK. */
  private async commitOn(lease: Lease, writing: Promise<void> | undefined): Promise<void> {
    const wasLost = lease.isLost;
    const commit = lease.control(this.controls.beforeCommit(), 'COMMIT');
    const [committed, written] = await Promise.allSettled([commit, writing]);
    if (committed.status === 'rejected') {
      const isUnknown = lease.isLost && !wasLost;
      if (!lease.isLost) await lease.control([], 'ROLLBACK').catch(() => {});
      lease.release();
      throw isUnknown ? new CommitOutcomeUnknown(committed.reason) : committed.reason;
    }
    lease.release();
    // PostgreSQL answers the COMMIT of an aborted transaction with success, and with this tag.
    if (committed.value.command === 'COMMIT') return;
    if (written.status === 'rejected') throw written.reason;
    throw notCommitted(committed.value.command, this.failure?.error);
  }
}
