import type { ErrorClass, Operation, z } from '@macrolith/contract';

/** Values that a run has so far: its input and the results of its steps, by name. */
export type Scope = Readonly<Record<string, unknown>>;
export type Mapping = (scope: any) => unknown;

/**
 * What a step may do to the run.
 * - `read`: asks; changes nothing, so there is nothing to take back.
 * - `step`: changes something that its compensation takes back.
 * - `pivot`: the point of no return, the one change that cannot be taken back.
 * - `retriable`: comes after the pivot, cannot be refused, and is repeated until it succeeds.
 * - `task`: queues work to be done after the run has committed.
 */
export type StepKind = 'read' | 'step' | 'pivot' | 'retriable' | 'task';

export interface Step {
  readonly kind: StepKind;
  /** Unique in its workflow. With the run's id it is the idempotency key of the durable mode. */
  readonly name: string;
  readonly operation: Operation;
  /** Makes the operation's input from the scope. */
  readonly input: Mapping;
  readonly compensation?: { readonly operation: Operation; readonly input: Mapping };
}

/** A change that spans modules, as a value. `Workflows.run` runs it. */
export interface Workflow<In, Out, Errors> {
  readonly name: string;
  readonly version: number;
  readonly input: z.ZodType<In>;
  readonly output: z.ZodType<Out>;
  readonly steps: readonly Step[];
  readonly result: Mapping;
  /** The ports that take part. Their bindings decide the mode of a run. */
  readonly participants: readonly string[];
  /** Every error that a step declares: what a run may answer with. */
  readonly errors: readonly ErrorClass[];
  readonly '~errors'?: Errors | undefined;
}

export type AnyWorkflow = Workflow<any, any, any>;

/** The shape that runs in flight depend on. A changed shape needs a new version. */
export function shapeOf(workflow: AnyWorkflow): string {
  return workflow.steps
    .map(({ kind, name, operation, compensation }) => {
      const undo = compensation === undefined ? '' : ` / ${compensation.operation.id}`;
      return `${kind} ${name}=${operation.id}${undo}`;
    })
    .join('\n');
}
