import { processWide } from './process-wide.js';

/** Where each contract of this process was declared. */
const declaredAt = processWide('macrolith.contracts', () => new Map<string, string>());

/**
 * Remembers where a contract was declared. A module system that evaluates the same place again (a test runner that
 * resets its modules) is welcome.
 *
 * @throws Error when the contract was declared elsewhere: then there are two classes, and so two DI tokens
 */
export function registerContract(name: string, place: string): void {
  const earlier = declaredAt.get(name);
  if (earlier !== undefined && earlier !== place) {
    throw new Error(
      `The contract '${name}' is loaded twice, so what one copy provides cannot be injected through the other:\n` +
        `  ${earlier}\n  ${place}\n` +
        'If two copies of its package are installed, make every package ask for one version of it. ' +
        'If these are two contracts, give one another name.',
    );
  }
  declaredAt.set(name, place);
}

/** File, line and column of the code that called `callee`. */
export function placeOfCallTo(callee: Function): string {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, callee);
  const frame = trace.stack?.split('\n')[1]?.trim().replace(/^at /, '') ?? 'an unknown place';
  const inParentheses = /\(([^()]+)\)$/.exec(frame)?.[1] ?? frame;
  return inParentheses.replace(/^async /, '').replace(/\?[^:]*(?=:\d+:\d+$)/, '');
}
