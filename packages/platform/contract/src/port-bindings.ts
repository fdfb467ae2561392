import { processWide } from './process-wide.js';

/**
 * Classes that a binding made: only these may extend a port. The binding and the port may come from two copies of
 * this package.
 */
export const BINDINGS = processWide('macrolith.bindings', () => new WeakSet<Function>());
