import { randomUUID } from 'node:crypto';
import {
  type AnyPort,
  decodeError,
  decodeOutput,
  encodeInput,
  type Operation,
  UnexpectedError,
} from '@macrolith/contract';
import { type CallContext, context } from '../call-context.js';
import type { CallEdge } from '../call-hook.js';
import { PlatformError } from '../platform-error.js';
import type { RemoteAnswer, RemoteCalls, SendCall } from '../remote-calls.js';
import type { TaskQueue } from '../task-queue.js';
import { noteNotDone } from '../task-terms.js';
import type { Binding, Call } from './binding.js';
import { enqueuing, isTask } from './local-binding.js';
import { ofAnotherVersion } from './undeclared.js';

/** A command of a module in another process was called inside a transaction, which could not take it back. */
export class RemoteCommandInTransaction extends PlatformError {
  readonly code = 'macrolith.remote-command-in-transaction';
  constructor(readonly operation: string) {
    super(
      `${operation} is provided by another process, and was called inside a transaction: a rollback could not take it back. ` +
        'Make it a step of a workflow, enqueue a task that calls it, or call it before the transaction starts or after it has committed.',
    );
  }
}

/**
 * The provider lives in another process. A query inside a transaction sees what is committed. A command always carries a
 * key, its caller's or one of its own, so that a call whose outcome is unknown can be sent again and acts once.
 */
export function remoteBinding(port: AnyPort, remote: RemoteCalls, tasks: TaskQueue): Binding {
  const bound = (operation: Operation, edge: CallEdge): Call => {
    if (isTask(operation)) return enqueuing(operation, edge, tasks);
    const send = remote.sender(port, operation, edge);
    return operation.kind === 'command'
      ? commanding(operation, send)
      : (input) => ask(operation, send, input, undefined);
  };
  return {
    kind: 'remote',
    step: bound,
    call: bound,
    perform: (operation, edge) => {
      const send = remote.sender(port, operation, edge);
      return (input) => perform(operation, send, input);
    },
  };
}

async function perform(operation: Operation, send: SendCall, input: unknown): Promise<unknown> {
  const answer = await send(encodeInput(operation, input), undefined).catch((error) => {
    if (error instanceof PlatformError && error.askAgainInMs !== undefined) {
      noteNotDone(error, { askAgainInMs: error.askAgainInMs });
    }
    throw error;
  });
  try {
    return resultOf(operation, answer);
  } catch (error) {
    if (!('output' in answer)) noteNotDone(error, { retry: answer.retry });
    throw error;
  }
}

function commanding(operation: Operation, send: SendCall): Call {
  return async (input) => {
    const running = context.getStore();
    if (running?.transaction !== undefined) throw new RemoteCommandInTransaction(operation.id);
    return ask(operation, send, input, keyFor(running));
  };
}

/** The key that is held names the wish of the command which calls this one, and not the wish of this call. */
function keyFor(running: CallContext | undefined): string {
  const key = running?.idempotencyKey;
  return key === undefined || key === running?.heldKey ? randomUUID() : key;
}

async function ask(operation: Operation, send: SendCall, input: unknown, key: string | undefined): Promise<unknown> {
  return resultOf(operation, await send(encodeInput(operation, input), key));
}

function resultOf(operation: Operation, answer: RemoteAnswer): unknown {
  if ('output' in answer) return decodeOutput(operation, answer.output);
  if ('error' in answer) throw decodeError(operation, answer.error) ?? ofAnotherVersion(operation, answer.error);
  throw new UnexpectedError({ operation: operation.id, traceId: answer.failedInTrace });
}
