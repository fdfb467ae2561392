import type { RunError, RunStatus } from '../run/run.js';
import type { Direction, StepState } from '../run/step-record.js';

/** A run as people see it: `stuck` is one that goes on and has failed too often in a row. */
export type ShownStatus = RunStatus | 'stuck';

export const SHOWN_STATUSES: readonly ShownStatus[] = [
  'running',
  'compensating',
  'stuck',
  'done',
  'compensated',
  'cancelled',
];

/** One run in a list. */
export interface RunSummary {
  readonly id: string;
  readonly module: string;
  readonly workflow: string;
  readonly version: number;
  readonly status: ShownStatus;
  /** Whether this process cannot go on with it: it has the workflow in another version or shape, or not at all. */
  readonly isHeld: boolean;
  /** How often in a row it could not go on. */
  readonly attempts: number;
  /** Why it could not go on the last time. */
  readonly failure: string | null;
  /** What the declared error says that it was, or is being, taken back for. */
  readonly refusal: string | null;
  /** Why a person cancelled it. */
  readonly cancelledFor: string | null;
  /** When it is tried again. */
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
}

/** A run with everything that is known about it. Values are in wire form. */
export interface RunDetails extends RunSummary {
  readonly input: unknown;
  readonly outcome: unknown;
  readonly error: RunError | null;
  /** On whose behalf it acts, its trace and its story. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Whether it can be cancelled. */
  readonly canBeCancelled: boolean;
  readonly steps: readonly StepView[];
  readonly interventions: readonly InterventionView[];
}

export interface StepView {
  readonly name: string;
  readonly direction: Direction;
  readonly state: StepState;
  readonly input: unknown;
  readonly output: unknown;
  readonly error: unknown;
  /** How often its call failed. */
  readonly attempts: number;
  readonly notedAt: Date;
}

/** What a person did to a run. */
export interface InterventionView {
  readonly action: 'retry' | 'cancel';
  readonly who: string;
  readonly why: string;
  readonly at: Date;
}
