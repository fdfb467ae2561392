import type { z } from 'zod';
import type { ErrorClass } from './errors/declared-error.js';
import type { Command, MethodPromise, OperationKind, PromiseOf, Query, Task } from './method.js';
import type { Wire } from './wire/wire-type.js';

/** An operation as a value: what bindings, workflows, routes and snapshots read. Frozen. */
export interface Operation<Kind extends OperationKind = OperationKind, In = any, Out = any, Errors = unknown> {
  readonly kind: Kind;
  /** The module that serves it: the contract's name up to its first dot. */
  readonly module: string;
  /** The contract that declares it: the module's name, or `orders.order-book` for a private port. */
  readonly port: string;
  /** The method's name. */
  readonly name: string;
  /** Unique in a system, and stable: contract and method, as in `catalog.getProduct`. */
  readonly id: string;
  /** `undefined` when the method takes no argument. */
  readonly input: z.ZodType<In> | undefined;
  /** `undefined` when the method gives no answer. */
  readonly output: z.ZodType<Out> | undefined;
  readonly errors: readonly ErrorClass[];
  /** The command acts outside the database, so no transaction can take it back. */
  readonly external: boolean;
  /** What a principal needs to have it done, as in `inventory.receive`. `undefined`: anybody may. */
  readonly permission: string | undefined;
  /** For the type checker only. */
  readonly '~errors'?: Errors | undefined;
}

/** The operations of a port, by method name. */
export type Operations<Methods> = {
  readonly [Name in keyof Methods]: PromiseOf<Methods[Name]> extends MethodPromise<
    infer Kind,
    infer In,
    infer Out,
    infer Errors
  >
    ? Operation<Kind, In, Out, Errors>
    : never;
};

/** What an author says about an operation, before a contract gives it a name. */
export interface OperationDeclaration {
  readonly kind: OperationKind;
  readonly input: z.ZodType | undefined;
  readonly output: z.ZodType | undefined;
  readonly errors: readonly ErrorClass[];
  readonly external: boolean;
  readonly permission: string | undefined;
}

type ErrorClasses = readonly ErrorClass[];
type Thrown<Errors extends ErrorClasses> = InstanceType<Errors[number]>;

interface Declared<In extends z.ZodType, Out extends z.ZodType, Errors extends ErrorClasses> {
  /** Schema of the single argument. Leave it out for none. */
  input?: (In & Wire<In>) | undefined;
  /** Schema of the answer. Leave it out for none. */
  output?: (Out & Wire<Out>) | undefined;
  /** The errors that a caller may want to catch. Any other becomes an `UnexpectedError`. */
  errors?: Errors | undefined;
  /** What a principal needs to have it done: the module and a word, as in `inventory.receive`. Leave it out for nothing. */
  permission?: string | undefined;
}

const declarations = new WeakSet<object>();

/** Whether `query`, `command` or `task` made this value. */
export function isOperationDeclaration(value: unknown): value is OperationDeclaration {
  return typeof value === 'object' && value !== null && declarations.has(value);
}

function declare(kind: OperationKind, declared: object): any {
  const { input, output, errors = [], external = false, permission } = declared as Partial<OperationDeclaration>;
  const declaration: OperationDeclaration = Object.freeze({
    kind,
    input,
    output,
    errors: Object.freeze([...errors]),
    external,
    permission,
  });
  declarations.add(declaration);
  return declaration;
}

/** Declares an operation that reads only. It may be retried, cached and shadowed. */
export function query<Out extends z.ZodType, In extends z.ZodType = z.ZodVoid, const Errors extends ErrorClasses = []>(
  declared: Declared<In, Out, Errors> & { output: Out },
): Query<z.output<In>, z.output<Out>, Thrown<Errors>> {
  return declare('query', declared);
}

/** Declares an operation that changes state and answers. */
export function command<
  In extends z.ZodType = z.ZodVoid,
  Out extends z.ZodType = z.ZodVoid,
  const Errors extends ErrorClasses = [],
>(
  declared: Declared<In, Out, Errors> & {
    /** It acts outside the database (a card network, a mail server), so no transaction can take it back. */
    external?: true;
  },
): Command<z.output<In>, z.output<Out>, Thrown<Errors>> {
  return declare('command', declared);
}

/** Declares work that will be done after the caller's transaction commits, and says nothing back. */
export function task<In extends z.ZodType = z.ZodVoid>(declared: {
  /** Schema of the single argument. Leave it out for none. */
  input?: (In & Wire<In>) | undefined;
  /** What a principal needs to have it done: the module and a word, as in `search.rebuild`. Leave it out for nothing. */
  permission?: string | undefined;
}): Task<z.output<In>> {
  return declare('task', declared);
}
