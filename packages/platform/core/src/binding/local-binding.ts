import { decodeInput, encodeInput, type Operation } from '@macrolith/contract';
import type { CallEdge } from '../call-hook.js';
import type { IdempotencyStore } from '../idempotency-store.js';
import type { TaskQueue } from '../task-queue.js';
import type { Binding, Call, PortProvider } from './binding.js';
import { commandScope } from './command-scope.js';
import { heldToPermission } from './held-to-permission.js';
import { withWireCopies } from './wire-copy.js';

export interface LocalBindingOptions {
  readonly idempotency: IdempotencyStore;
  readonly tasks: TaskQueue;
  /** Check and copy arguments and results of every call. For tests. */
  readonly checks: boolean;
}

/** The provider lives in this process: a query costs one more function call, a command runs in its own scope. */
export function localBinding(provider: PortProvider, options: LocalBindingOptions): Binding {
  const step: Binding['step'] = (operation, edge) =>
    isTask(operation) ? enqueuing(operation, edge, options.tasks) : methodOf(provider, operation, options.checks);
  const checked = (operation: Operation, edge: CallEdge, run: Call) =>
    options.checks && !isTask(operation) ? heldToPermission(operation, edge, run) : run;
  return {
    kind: 'local',
    step: (operation, edge) => checked(operation, edge, step(operation, edge)),
    perform: (operation) => methodOf(provider, operation, false),
    call: (operation, edge) => {
      const run = step(operation, edge);
      const scoped = operation.kind === 'command' ? commandScope(operation, run, options.idempotency) : run;
      return checked(operation, edge, scoped);
    },
  };
}

export function isTask(operation: Operation): operation is Operation<'task'> {
  return operation.kind === 'task';
}

/** A task says nothing back and may run anywhere later: its input is checked now, while the caller can still be told. */
export function enqueuing(operation: Operation<'task'>, edge: CallEdge, tasks: TaskQueue): Call {
  return async (input) => tasks.enqueue(edge.from, operation, decodeInput(operation, encodeInput(operation, input)));
}

/** The provider's method as it is now, found at each call so that tests may replace it. */
export function methodOf(provider: PortProvider, operation: Operation, checks: boolean): Call {
  const { name } = operation;
  const run: Call = (input) => provider[name]!(input);
  return checks ? withWireCopies(operation, run) : run;
}
