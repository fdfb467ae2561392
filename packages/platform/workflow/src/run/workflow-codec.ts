import { decodeInput, decodeOutput, encodeInput, encodeOutput, type Operation } from '@macrolith/contract';
import type { AnyWorkflow } from '@macrolith/core';

/** Input and result of a workflow have the form that an operation's have: its codec serves them, too. */
function asOperation({ name, input, output }: AnyWorkflow): Operation {
  return { id: name, input, output } as unknown as Operation;
}

/** @throws InvalidInput */
export function encodeWish(workflow: AnyWorkflow, input: unknown): unknown {
  return encodeInput(asOperation(workflow), input);
}

export function decodeWish(workflow: AnyWorkflow, wire: unknown): unknown {
  return decodeInput(asOperation(workflow), wire);
}

/** @throws InvalidOutput */
export function encodeResult(workflow: AnyWorkflow, result: unknown): unknown {
  return encodeOutput(asOperation(workflow), result);
}

export function decodeResult(workflow: AnyWorkflow, wire: unknown): unknown {
  return decodeOutput(asOperation(workflow), wire);
}
