import type { Operation } from '@macrolith/contract';
import type { AnyWorkflow, Step } from '@macrolith/core';
import { type Direction, recordKey, type StepRecord } from './step-record.js';

/** What a run does next: a step, or what takes one back. */
export interface Move {
  readonly name: string;
  readonly direction: Direction;
  readonly operation: Operation;
  /** Makes the operation's input from the scope. */
  readonly input: Step['input'];
}

export type Records = ReadonlyMap<string, StepRecord>;

/** The first step that has no answer yet. */
export function nextStep({ steps }: AnyWorkflow, records: Records): Move | undefined {
  const step = steps.find(({ name }) => records.get(recordKey({ name, direction: 'do' }))?.state !== 'done');
  return step === undefined ? undefined : { ...step, direction: 'do' };
}

/** The last step that was done and is to be taken back. */
export function nextCompensation({ steps }: AnyWorkflow, records: Records): Move | undefined {
  const step = steps.findLast(
    ({ name, compensation }) =>
      compensation !== undefined &&
      records.get(recordKey({ name, direction: 'do' }))?.state === 'done' &&
      records.get(recordKey({ name, direction: 'undo' }))?.state !== 'done',
  );
  if (step?.compensation === undefined) return undefined;
  return { name: step.name, direction: 'undo', ...step.compensation };
}

/** A step whose call may have happened. How it ended has to be known before the run can turn round. */
export function openStep(workflow: AnyWorkflow, records: Records): Move | undefined {
  const step = nextStep(workflow, records);
  return step !== undefined && records.get(recordKey(step))?.state === 'sent' ? step : undefined;
}

/** Whether something that cannot be taken back was done, or may have been. */
export function isPastReturn({ steps }: AnyWorkflow, records: Records): boolean {
  return steps.some(({ name, kind }) => {
    const state = records.get(recordKey({ name, direction: 'do' }))?.state;
    return (kind === 'pivot' || kind === 'task') && (state === 'sent' || state === 'done');
  });
}

/** What makes a call of this move, however often it is sent, the same call. */
export function keyOfMove(runId: string, { name, direction }: Move): string {
  return direction === 'do' ? `${runId}/${name}` : `${runId}/${name}/undo`;
}
