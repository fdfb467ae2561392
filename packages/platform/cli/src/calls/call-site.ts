import type { CallExpression } from 'oxc-parser';
import type { Position } from '../syntax/position.js';
import type { DeclaredWorkflow } from '../workspace/declared-workflows.js';
import type { Callable } from './callable.js';
import type { DeclaredOperation, DeclaredPort } from './declared-port.js';
import type { Surroundings } from './surroundings.js';

/** One place where a function calls something that matters here. */
export interface CallSite {
  readonly from: Callable;
  readonly node: CallExpression;
  readonly to: CallTarget;
  readonly surroundings: Surroundings;
}

export type CallTarget =
  /** A function of the same process: several where the class that is called has several implementations. */
  | { readonly kind: 'function'; readonly callables: readonly Callable[] }
  | PortCall
  /** `workflows.run(placeOrder, …)`: several where one is chosen at run time. */
  | { readonly kind: 'workflow'; readonly workflows: readonly DeclaredWorkflow[] };

export interface PortCall {
  readonly kind: 'port';
  readonly port: DeclaredPort;
  readonly operation: DeclaredOperation;
}

/** Where the name of what is called stands: in a chain over several lines that is not where the expression begins. */
export function positionOf({ from, node }: Pick<CallSite, 'from' | 'node'>): Position {
  return from.file.positionOf(node.callee.type === 'MemberExpression' ? node.callee.object.start : node.start);
}

/** `payments.void` */
export function operationName({ port, operation }: Pick<PortCall, 'port' | 'operation'>): string {
  return `${port.name}.${operation.name}`;
}
