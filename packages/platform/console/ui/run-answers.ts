/** What the console's routes answer about runs of workflows, as far as its pages read it. */

export const RUN_STATUSES = ['running', 'compensating', 'stuck', 'done', 'compensated', 'cancelled'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export interface Run {
  readonly runId: string;
  readonly module: string;
  readonly workflow: string;
  readonly version: number;
  readonly status: RunStatus;
  readonly isHeld: boolean;
  readonly attempts: number;
  readonly failure?: string;
  readonly refusal?: string;
  readonly cancelledFor?: string;
  readonly dueAt: string;
  readonly createdAt: string;
  readonly closedAt?: string;
}

export interface RunStep {
  readonly name: string;
  readonly direction: 'do' | 'undo';
  readonly state: 'sent' | 'done' | 'refused';
  /** JSON text. */
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly attempts: number;
  readonly notedAt: string;
}

export interface RunIntervention {
  readonly action: 'retry' | 'cancel';
  readonly who: string;
  readonly why: string;
  readonly at: string;
}

export interface RunDetails extends Run {
  readonly input: string;
  readonly outcome?: string;
  readonly error?: string;
  readonly correlationId?: string;
  readonly canBeCancelled: boolean;
  readonly steps: readonly RunStep[];
  readonly interventions: readonly RunIntervention[];
}
