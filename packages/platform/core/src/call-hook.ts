/** One consumer's way to one operation: a constant of the bound method, so that nothing is allocated per call. */
export interface CallEdge {
  /** The module that calls. */
  readonly from: string;
  /** The module that is called. */
  readonly to: string;
  readonly operation: string;
  readonly kind: 'query' | 'command' | 'task';
  readonly binding: BindingKind;
}

/**
 * How a port is provided.
 * - `local`: in this process, called directly.
 * - `loopback`: in this process, through the form that values have on a wire.
 * - `remote`: in another process.
 */
export type BindingKind = 'local' | 'loopback' | 'remote';

export type CallHook = <T>(edge: CallEdge, next: () => Promise<T>) => Promise<T>;

/** Sees every call of every port while somebody listens. `undefined`, the default, costs one comparison a call. */
export const callHook: { current: CallHook | undefined } = { current: undefined };
