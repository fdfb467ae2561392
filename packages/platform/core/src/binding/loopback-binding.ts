import {
  decodeError,
  decodeInput,
  decodeOutput,
  encodeError,
  encodeInput,
  encodeOutput,
  type Operation,
  type WireError,
} from '@macrolith/contract';
import type { CallEdge } from '../call-hook.js';
import { PlatformError } from '../platform-error.js';
import type { Binding, Call, PortProvider } from './binding.js';
import { commandScope } from './command-scope.js';
import { heldToPermission } from './held-to-permission.js';
import { enqueuing, isTask, type LocalBindingOptions, methodOf } from './local-binding.js';
import { unexpected, withDeclaredErrorsOnly } from './undeclared.js';

type Answer = { readonly ok: unknown } | { readonly error: WireError };

/**
 * The provider lives in this process, and every argument, answer and error still crosses as JSON text. What works here
 * works over a wire, except for what a wire takes away: the shared transaction, which this binding keeps.
 */
export function loopbackBinding(provider: PortProvider, options: LocalBindingOptions): Binding {
  const overWire = (operation: Operation, edge: CallEdge, run: Call) =>
    heldToPermission(operation, edge, overText(operation, withDeclaredErrorsOnly(operation, run)));
  return {
    kind: 'loopback',
    step: (operation, edge) =>
      isTask(operation)
        ? enqueuing(operation, edge, options.tasks)
        : overWire(operation, edge, methodOf(provider, operation, false)),
    perform: (operation) => methodOf(provider, operation, false),
    call: (operation, edge) => {
      if (isTask(operation)) return enqueuing(operation, edge, options.tasks);
      const method = methodOf(provider, operation, false);
      const scoped = operation.kind === 'command' ? commandScope(operation, method, options.idempotency) : method;
      return overWire(operation, edge, scoped);
    },
  };
}

function overText(operation: Operation, run: Call): Call {
  return async (input) => {
    const answer = await serve(operation, run, JSON.stringify(encodeInput(operation, input)));
    const parsed = JSON.parse(answer) as Answer;
    if ('ok' in parsed) return decodeOutput(operation, parsed.ok);
    throw decodeError(operation, parsed.error) ?? unexpected(operation, parsed.error);
  };
}

async function serve(operation: Operation, run: Call, text: string): Promise<string> {
  const input = decodeInput(operation, JSON.parse(text));
  try {
    const output = encodeOutput(operation, await run(input));
    return JSON.stringify({ ok: output } satisfies Answer);
  } catch (error) {
    // The platform's own refusals are about this process, not about the call's meaning.
    if (error instanceof PlatformError) throw error;
    const declared = encodeError(operation, error);
    if (declared === undefined) throw error;
    return JSON.stringify({ error: declared } satisfies Answer);
  }
}
