import type { DomainError } from './errors/domain-error.js';

/** What may be promised about an operation: see `query`, `command` and `task`. */
export type OperationKind = 'query' | 'command' | 'task';

/** Reads only: it may be retried, cached and shadowed. */
export interface Query<In, Out, Errors = never> {
  (input: In): Promise<Out>;
  readonly '~operation'?: MethodPromise<'query', In, Out, Errors>;
}

/** Changes state and answers: it joins the caller's transaction, or carries an idempotency key over a remote binding. */
export interface Command<In, Out, Errors = never> {
  (input: In): Promise<Out>;
  readonly '~operation'?: MethodPromise<'command', In, Out, Errors>;
}

/** Will be done, and says nothing back: it is queued in the caller's transaction. */
export interface Task<In> {
  (input: In): Promise<void>;
  readonly '~operation'?: MethodPromise<'task', In, void, never>;
}

/** Any method of a port. */
export type AnyMethod = Query<any, any, any> | Command<any, any, any> | Task<any>;

/** What a method promises, for the type checker only: no such property exists at run time. */
export interface MethodPromise<Kind extends OperationKind, In, Out, Errors> {
  kind: Kind;
  in: In;
  out: Out;
  errors: Errors;
}

export type PromiseOf<Method> = Method extends { readonly '~operation'?: infer Declared }
  ? NonNullable<Declared>
  : never;

/** The argument of a port's method: `InputOf<Catalog['reprice']>`. `void` when it takes none. */
export type InputOf<Method> = Method extends (input: infer In) => unknown ? In : never;

/** The answer of a port's method: `OutputOf<Catalog['getProduct']>`. `void` when it gives none. */
export type OutputOf<Method> = Method extends (...input: any) => Promise<infer Out> ? Out : never;

/** The declared errors of a port's method, as a union: `ErrorsOf<Catalog['reprice']>`. */
export type ErrorsOf<Method> = PromiseOf<Method> extends { errors: infer Errors extends DomainError } ? Errors : never;
