import { decodeInput, decodeOutput, encodeInput, encodeOutput, type Operation } from '@macrolith/contract';
import type { Call } from './binding.js';
import { withDeclaredErrorsOnly } from './undeclared.js';

/**
 * Checks every call on both sides and hands over copies, so that neither side can change what the other holds.
 * Arguments and results are values by contract; this is how tests find the code that forgets it.
 */
export function withWireCopies(operation: Operation, run: Call): Call {
  const strict = withDeclaredErrorsOnly(operation, run);
  return async (input) => {
    const received = decodeInput(operation, encodeInput(operation, input));
    const output = await strict(received);
    return decodeOutput(operation, encodeOutput(operation, output));
  };
}
