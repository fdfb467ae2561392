import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { type CallEdge, type CallHook, callHook, currentContext, currentTraceId, runInContext } from '@macrolith/core';

/**
 * Writes every call of every port of this process into `file` until it is disposed of: one line of JSON a call, in the order
 * in which calls begin. `macro readiness MODULE --calls FILE` reads it.
 *
 * | field | |
 * | --- | --- |
 * | `trace` | the same for all that follows from one wish: the W3C trace id. A call that has none begins one |
 * | `from`, `to`, `operation`, `kind` | which module calls which operation of which module; `query`, `command` or `task` |
 * | `inTransaction` | whether a transaction was open at the call |
 * | `message` | the id of the event or task that was being handled, if one was |
 *
 * Whoever listened to calls before goes on hearing them.
 *
 * @throws when the file cannot be written
 */
export function recordCalls(file: string): Disposable {
  const descriptor = openSync(file, 'w');
  const before = callHook.current;
  let isRecording = true;
  const hook: CallHook = (edge, call) => {
    const next = before === undefined ? call : () => before(edge, call);
    if (!isRecording) return next();
    const trace = currentTraceId();
    if (trace !== undefined) {
      writeSync(descriptor, lineOf(edge, trace));
      return next();
    }
    const begun = randomBytes(16).toString('hex');
    writeSync(descriptor, lineOf(edge, begun));
    return runInContext({ traceparent: `00-${begun}-${randomBytes(8).toString('hex')}-00` }, next);
  };
  callHook.current = hook;
  return {
    [Symbol.dispose]: () => {
      if (!isRecording) return;
      isRecording = false;
      // Who came later has this one inside, and goes on through it.
      if (callHook.current === hook) callHook.current = before;
      closeSync(descriptor);
    },
  };
}

function lineOf({ from, to, operation, kind }: CallEdge, trace: string): string {
  const { transaction, messageId: message } = currentContext();
  const inTransaction = transaction !== undefined;
  return `${JSON.stringify({ trace, from, to, operation, kind, inTransaction, message })}\n`;
}
