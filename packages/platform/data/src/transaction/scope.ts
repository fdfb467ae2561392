import { type Collector, context, type Transaction } from '@macrolith/core';
import { UnitOfWorkEnded } from '../errors/unit-of-work-errors.js';
import type { TransactionSession } from './transaction-session.js';
import { Turns } from './turns.js';

/** A statement, and the module under whose role it runs. */
export interface SentStatement {
  readonly module: string;
  readonly statement: string;
}

/**
 * A part of a transaction that is kept or undone as a whole: the transaction itself, or a savepoint inside it.
 *
 * Scopes nest and only the innermost open one may send, since whatever runs after a SAVEPOINT is undone with it. So
 * sibling commands, and statements of a caller whose command is still running, wait for their turn in the order in
 * which they came; statements of one scope do not wait for each other. A wait is bounded, since the open command may
 * itself be waiting for the one that waits for it.
 */
export class Scope implements Transaction {
  readonly depth: number;
  /** Whether the savepoint exists in the database. It is sent with the scope's first statement, not before. */
  savepointSent: boolean;
  private closed = false;
  /** Statements under way or waiting, and savepoints inside this one that are open or waiting. */
  private unfinished = 0;
  /** Those who wait for this scope to be the innermost one. */
  readonly turns = new Turns();
  /** What it sent last, for errors that have to name it. */
  lastSent: SentStatement | undefined;
  private onFinished: (() => void) | undefined;

  constructor(
    readonly session: TransactionSession,
    readonly parent: Scope | undefined,
  ) {
    this.depth = parent === undefined ? 0 : parent.depth + 1;
    this.savepointSent = parent === undefined;
  }

  /** Whether nothing may be done in it any more. */
  get isEnded(): boolean {
    return this.closed || this.session.isEnded;
  }

  savepoint<T>(work: () => Promise<T>): Promise<T> {
    return this.session.runSavepoint(this, work);
  }

  collect<T>(collector: Collector<T>, item: T): void {
    if (this.isEnded) throw new UnitOfWorkEnded(undefined, 'an item to be written before COMMIT');
    this.session.collect(this, collector as Collector<unknown>, item);
  }

  afterCommit(work: () => void): void {
    if (this.isEnded) throw new UnitOfWorkEnded(undefined, 'work to be done after COMMIT');
    this.session.afterCommit(this, work);
  }

  /** Whether `other` is this scope or lies inside it. */
  contains(other: Scope): boolean {
    let scope: Scope | undefined = other;
    while (scope !== undefined && scope.depth > this.depth) scope = scope.parent;
    return scope === this;
  }

  /** Runs `work` so that everything in it finds this scope as the running transaction. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return context.run({ ...context.getStore(), transaction: this }, work);
  }

  /** Lets those act that waited for this scope to be the innermost, as long as it is. */
  giveTurns(): void {
    while (this.turns.areWanted && (this.session.innermost === this || this.session.isEnded)) this.turns.giveNext();
  }

  begun(): void {
    this.unfinished += 1;
  }

  finished(): void {
    this.unfinished -= 1;
    if (this.unfinished > 0 || this.onFinished === undefined) return;
    this.onFinished();
    this.onFinished = undefined;
  }

  get hasUnfinishedWork(): boolean {
    return this.unfinished > 0;
  }

  /** Resolves when everything that was begun in this scope, awaited by its caller or not, has finished. */
  async allFinished(): Promise<void> {
    while (this.unfinished > 0) {
      await new Promise<void>((resolve) => {
        this.onFinished = resolve;
      });
    }
  }

  close(): void {
    this.closed = true;
  }
}

/** The scope that the calling code runs in. */
export function runningScope(): Scope | undefined {
  const transaction = context.getStore()?.transaction;
  return transaction instanceof Scope ? transaction : undefined;
}
