import type { Operation } from '@macrolith/contract';
import type { BindingKind, CallEdge } from '../call-hook.js';

/** A bound operation: what a consumer's port method runs. */
export type Call = (input: unknown) => Promise<unknown>;

/** How one port is provided in this process. */
export interface Binding {
  readonly kind: BindingKind;
  /** Asked once per consumer and operation, when the application starts. */
  call(operation: Operation, edge: CallEdge): Call;
  /** The operation as a step of a run that is one transaction: no savepoint, since any failure undoes the whole run. */
  step(operation: Operation, edge: CallEdge): Call;
  /** Does a task now. Asked by whoever takes it out of an outbox. */
  perform(operation: Operation<'task'>, edge: CallEdge): Call;
}

/** An object with one method per operation: the class that implements a port. */
export type PortProvider = Readonly<Record<string, Call>>;
