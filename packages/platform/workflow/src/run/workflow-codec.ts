import {
  canonicalJson,
  decodeInput,
  decodeOutput,
  encodeInput,
  encodeOutput,
  type Operation,
  type WireValue,
  withoutDefaults,
} from '@macrolith/contract';
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

/** Whether two inputs in wire form ask for the same. One may have been written by another version of the workflow's module. */
export function isSameWish({ input }: AnyWorkflow, one: unknown, other: unknown): boolean {
  const comparable = (wire: unknown) => canonicalJson(withoutDefaults(input, wire as WireValue));
  return comparable(one) === comparable(other);
}
