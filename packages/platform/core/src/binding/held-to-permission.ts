import type { Operation } from '@macrolith/contract';
import { currentContext } from '../call-context.js';
import { type CallEdge } from '../call-hook.js';
import { authorize } from '../principal/authorize.js';
import type { Call } from './binding.js';

/**
 * The call as the provider's side of a remote binding would take it: the principal in the context of another module's call
 * needs the operation's permission. Within one process modules trust each other; this is how tests find the call that works
 * for that reason alone.
 */
export function heldToPermission(operation: Operation, { from }: CallEdge, run: Call): Call {
  if (operation.permission === undefined || from === operation.module) return run;
  return async (input) => {
    const { principal } = currentContext();
    authorize(operation, principal === undefined ? { module: from } : { principal });
    return run(input);
  };
}
