import { randomBytes } from 'node:crypto';
import { type CallContext, currentContext, runInContext } from '@macrolith/core';
import type { ModuleDatabase } from '@macrolith/data';
import type { RunningModules } from './boot-module.js';

/**
 * The SQL statements that a module sends while `work` runs, in the order in which they were sent: its repositories',
 * its own, and the one that writes its outbox. Not among them are BEGIN, SAVEPOINT, roles and the like, which cost no
 * round trip, and what happens on the side: the relay, and whatever else runs in the application meanwhile.
 */
export async function statementsOf(
  modules: RunningModules,
  module: string,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  observe(modules.database.of(module));
  const recording = new Recording(module);
  recordings.add(recording);
  try {
    await runInContext({ traceparent: recording.traceparent }, work);
  } finally {
    recordings.delete(recording);
  }
  return recording.statements;
}

/** Makes the handling of a message part of the work that is recorded here, if any. */
export function recordHandling(messageId: string): void {
  const running = currentContext();
  for (const recording of recordings) {
    if (recording.covers(running)) recording.messageIds.add(messageId);
  }
}

/** Knows its work by the trace context that every call of it carries. What the relay has done of it carries a message's id as well. */
class Recording {
  readonly traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
  readonly messageIds = new Set<string>();
  readonly statements: string[] = [];

  constructor(readonly module: string) {}

  covers({ traceparent, messageId }: CallContext): boolean {
    return messageId === undefined ? traceparent === this.traceparent : this.messageIds.has(messageId);
  }
}

type Run = ModuleDatabase['run'];

const recordings = new Set<Recording>();
const observed = new WeakSet<object>();

/** Every statement of every module goes through this one method, whoever sends it. */
function observe(database: ModuleDatabase): void {
  const prototype = Object.getPrototypeOf(database) as { run: Run };
  if (observed.has(prototype)) return;
  observed.add(prototype);
  const { run } = prototype;
  prototype.run = function (this: ModuleDatabase, scope, statement, values) {
    const context = currentContext();
    for (const recording of recordings) {
      if (recording.module === this.module && recording.covers(context)) recording.statements.push(statement.text);
    }
    return run.call(this, scope, statement, values);
  };
}
