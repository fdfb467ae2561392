import type { WireError } from '@macrolith/contract';

/** A step is done, and later perhaps taken back by its compensation. */
export type Direction = 'do' | 'undo';

/**
 * What is known about a step of a run.
 * - `sent`: its call is intended, and may have happened; how it ended is not known here.
 * - `done`: it has answered.
 * - `refused`: it has answered with a declared error, and so has changed nothing.
 */
export type StepState = 'sent' | 'done' | 'refused';

/** One row of `workflow_step`. Values are in wire form. */
export interface StepRecord {
  readonly name: string;
  readonly direction: Direction;
  readonly state: StepState;
  readonly input: unknown;
  readonly output: unknown;
  readonly error: WireError | null;
}

export function recordKey({ name, direction }: Pick<StepRecord, 'name' | 'direction'>): string {
  return `${name}/${direction}`;
}
