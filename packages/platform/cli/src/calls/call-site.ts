import type { Node } from 'oxc-parser';
import type { Position } from '../syntax/position.js';
import type { DeclaredWorkflow } from '../workspace/declared-workflows.js';
import type { Callable } from './callable.js';
import type { DeclaredOperation, DeclaredPort } from './declared-port.js';
import type { Surroundings } from './surroundings.js';

/** One place where a function calls something that matters here. */
export interface CallSite {
  readonly from: Callable;
  /** What names the callee: `this.payments.void`. */
  readonly callee: Node;
  /** What it is called with; nothing where it is handed on, to be called by somebody else: `list.map(this.mend)`. */
  readonly given: readonly Node[];
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

/** Where the call's callee begins. */
export function positionOf({ from, callee }: Pick<CallSite, 'from' | 'callee'>): Position {
  return from.file.positionOf(callee.type === 'MemberExpression' ? callee.object.start : callee.start);
}

/** `payments.void` */
export function operationName({ port, operation }: Pick<PortCall, 'port' | 'operation'>): string {
  return `${port.name}.${operation.name}`;
}
