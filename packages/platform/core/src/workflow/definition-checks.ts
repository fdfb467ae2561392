import { wireSchema } from '@macrolith/contract';
import { PlatformError } from '../platform-error.js';
import type { AnyWorkflow, Step, StepKind } from './workflow.js';

/** A workflow was declared in a way that could not run in both modes. */
export class InvalidWorkflow extends PlatformError {
  readonly code = 'macrolith.invalid-workflow';
  constructor(
    readonly workflow: string,
    readonly problems: readonly string[],
  ) {
    super(`The workflow '${workflow}' cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

const NAME = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;
const STEP_NAME = /^[a-z][A-Za-z0-9]*$/;
/** Which kind of operation each kind of step calls. */
const CALLS: Record<StepKind, string> = {
  read: 'query',
  step: 'command',
  pivot: 'command',
  retriable: 'command',
  task: 'task',
};

/** Checks what the durable mode will need, whichever mode runs today: keys, order, compensations, values that can be stored. */
export function checkWorkflow(workflow: AnyWorkflow): void {
  const problems = [
    ...identityProblems(workflow),
    ...workflow.steps.flatMap((step, index) => stepProblems(step, workflow.steps.slice(0, index))),
    ...wireProblems(workflow),
  ];
  if (problems.length > 0) throw new InvalidWorkflow(workflow.name, problems);
}

function identityProblems({ name, version, steps }: AnyWorkflow): string[] {
  const problems: string[] = [];
  if (!NAME.test(name)) problems.push(`Its name must be '<module>.<workflow>' in lower case, e.g. 'orders.place'.`);
  if (!Number.isInteger(version) || version < 1)
    problems.push(`Its version must be a whole number from 1; it is ${version}.`);
  if (steps.length === 0) problems.push('It has no steps. Add at least one, or call the command directly.');
  return problems;
}

function stepProblems(step: Step, before: readonly Step[]): string[] {
  const at = `Step '${step.name}'`;
  const problems: string[] = [];
  if (!STEP_NAME.test(step.name) || step.name === 'input') {
    problems.push(
      `${at}: a step's name is camelCase letters and digits, and not 'input'; it becomes part of the idempotency key.`,
    );
  }
  if (before.some(({ name }) => name === step.name)) problems.push(`${at}: an earlier step has this name.`);
  if (step.operation.kind !== CALLS[step.kind]) {
    problems.push(
      `${at}: a ${step.kind} calls a ${CALLS[step.kind]}, and ${step.operation.id} is a ${step.operation.kind}.`,
    );
  }
  if (step.kind === 'step' && step.compensation === undefined) {
    problems.push(`${at}: it does not say how it is taken back. Add .compensate(…), or make it the pivot.`);
  }
  if (step.compensation !== undefined && step.compensation.operation.kind !== 'command') {
    problems.push(
      `${at}: a compensation is a command, and ${step.compensation.operation.id} is a ${step.compensation.operation.kind}.`,
    );
  }
  problems.push(...orderProblems(step, before, at));
  return problems;
}

function orderProblems(step: Step, before: readonly Step[], at: string): string[] {
  const afterPivot = before.some(({ kind }) => kind === 'pivot' || kind === 'task');
  if (afterPivot && (step.kind === 'step' || step.kind === 'pivot' || step.kind === 'read')) {
    return [`${at}: it comes after the point of no return, where only 'retriable' steps and tasks can stand.`];
  }
  if (step.kind === 'retriable' && step.operation.errors.length > 0) {
    return [
      `${at}: ${step.operation.id} may be refused, and after the pivot nothing can be taken back. Move it before the pivot.`,
    ];
  }
  return [];
}

function wireProblems({ name, input, output }: AnyWorkflow): string[] {
  const schemas = [
    [`Input of the workflow ${name}`, input],
    [`Output of the workflow ${name}`, output],
  ] as const;
  return schemas.flatMap(([where, schema]) => {
    try {
      wireSchema(schema, where);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}
