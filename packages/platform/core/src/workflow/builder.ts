import type { ErrorClass, Operation, z } from '@macrolith/contract';
import { checkWorkflow } from './definition-checks.js';
import type { Mapping, Step, StepKind, Workflow } from './workflow.js';

type Command<In, Out, Errors> = Operation<'command', In, Out, Errors>;
type With<S, Name extends string, Result> = S & { readonly [K in Name]: Result };
/** A step's name: new in this workflow. */
type Fresh<Name extends string, S> = Name extends keyof S ? `'${Name}' is taken by an earlier step` : Name;
type InputOfScope<S> = S extends { readonly input: infer In } ? In : never;

/** Ends a workflow. */
interface Finishable<S, Out, Errors> {
  /** The answer of a run. */
  result(output: (scope: S) => Out): Workflow<InputOfScope<S>, Out, Errors>;
}

/** Before the pivot: every change can be taken back. */
export interface BeforePivot<S, Out, Errors> extends Finishable<S, Out, Errors> {
  /** Asks; changes nothing, so nothing is taken back. */
  read<Name extends string, In, Result, E>(
    name: Fresh<Name, S>,
    operation: Operation<'query', In, Result, E>,
    input: (scope: S) => NoInfer<In>,
  ): BeforePivot<With<S, Name, Result>, Out, Errors | E>;
  /** A change that the following `.compensate(…)` takes back. */
  step<Name extends string, In, Result, E>(
    name: Fresh<Name, S>,
    operation: Command<In, Result, E>,
    input: (scope: S) => NoInfer<In>,
  ): NeedsCompensation<With<S, Name, Result>, Out, Errors | E>;
  /** The one change that cannot be taken back. After it only `retriable` steps and tasks are possible. */
  pivot<Name extends string, In, Result, E>(
    name: Fresh<Name, S>,
    operation: Command<In, Result, E>,
    input: (scope: S) => NoInfer<In>,
  ): AfterPivot<With<S, Name, Result>, Out, Errors | E>;
  /** Queues work to be done after the run has committed. No change but a task may follow. */
  enqueue<Name extends string, In>(
    name: Fresh<Name, S>,
    operation: Operation<'task', In, any, any>,
    input: (scope: S) => NoInfer<In>,
  ): AfterPivot<S, Out, Errors>;
}

/** A step is not complete before it says how it is taken back. */
export interface NeedsCompensation<S, Out, Errors> {
  /** The command that takes the step back after a later one failed. In one transaction it never runs: a rollback does it. */
  compensate<In>(operation: Command<In, any, any>, input: (scope: S) => NoInfer<In>): BeforePivot<S, Out, Errors>;
}

/** After the pivot: steps that no rule can refuse. */
export interface AfterPivot<S, Out, Errors> extends Finishable<S, Out, Errors> {
  /** A command that declares no error, repeated until it succeeds. */
  retriable<Name extends string, In, Result>(
    name: Fresh<Name, S>,
    operation: Command<In, Result, never>,
    input: (scope: S) => NoInfer<In>,
  ): AfterPivot<With<S, Name, Result>, Out, Errors>;
  /** Queues work to be done after the run has committed. */
  enqueue<Name extends string, In>(
    name: Fresh<Name, S>,
    operation: Operation<'task', In, any, any>,
    input: (scope: S) => NoInfer<In>,
  ): AfterPivot<S, Out, Errors>;
}

export interface WorkflowDefinition<In, Out> {
  /** Raised with every change of the shape. */
  readonly version: number;
  readonly input: z.ZodType<In>;
  readonly output: z.ZodType<Out>;
}

/**
 * Declares a change that spans modules:
 * `workflow('orders.place', { version: 1, input, output }).step(…).compensate(…).pivot(…).result(…)`.
 *
 * The chain's type is its state: a missing compensation, a name used twice, a query as a step or a command that may be
 * refused after the pivot do not compile. What the types cannot see is checked when the value is made.
 */
export function workflow<In, Out>(
  name: string,
  definition: WorkflowDefinition<In, Out>,
): BeforePivot<{ readonly input: In }, Out, never> {
  return chain(name, definition, []) as BeforePivot<{ readonly input: In }, Out, never>;
}

function chain(name: string, definition: WorkflowDefinition<any, any>, steps: readonly Step[]): unknown {
  const add = (kind: StepKind) => (stepName: string, operation: Operation, input: Mapping) =>
    chain(name, definition, [...steps, { kind, name: stepName, operation, input }]);
  return {
    read: add('read'),
    step: add('step'),
    pivot: add('pivot'),
    retriable: add('retriable'),
    enqueue: add('task'),
    compensate: (operation: Operation, input: Mapping) =>
      chain(name, definition, [...steps.slice(0, -1), { ...steps.at(-1)!, compensation: { operation, input } }]),
    result: (result: Mapping) => finish(name, definition, steps, result),
  };
}

function finish(
  name: string,
  definition: WorkflowDefinition<any, any>,
  steps: readonly Step[],
  result: Mapping,
): Workflow<any, any, any> {
  const operations = steps.flatMap((step) => [
    step.operation,
    ...(step.compensation ? [step.compensation.operation] : []),
  ]);
  const made: Workflow<any, any, any> = Object.freeze({
    name,
    ...definition,
    steps: Object.freeze(steps),
    result,
    participants: Object.freeze([...new Set(operations.map((operation) => operation.port))]),
    errors: Object.freeze([...new Set<ErrorClass>(steps.flatMap((step) => step.operation.errors))]),
  });
  checkWorkflow(made);
  return made;
}
