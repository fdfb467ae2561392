import { instant, z } from '@macrolith/contract';

const Count = z.int().min(0);
const Json = z.string().describe('As JSON text.');

export const RunStatus = z.enum(['running', 'compensating', 'stuck', 'done', 'compensated', 'cancelled']);

export const Run = z.object({
  runId: z.uuid(),
  module: z.string().describe('The module that owns it.'),
  workflow: z.string(),
  version: z.int(),
  status: RunStatus.describe('`stuck` goes on, and has failed too often in a row.'),
  isHeld: z.boolean().describe('This process has not the version of the workflow that could go on with it.'),
  attempts: Count.describe('How often in a row it could not go on.'),
  failure: z.string().optional().describe('Why it could not go on the last time.'),
  refusal: z.string().optional().describe('What the declared error says that it was, or is being, taken back for.'),
  cancelledFor: z.string().optional().describe('Why a person cancelled it.'),
  dueAt: instant().describe('When it is tried again.'),
  createdAt: instant(),
  closedAt: instant().optional(),
});

export const RunStep = z.object({
  name: z.string(),
  direction: z.enum(['do', 'undo']).describe('Done, or taken back.'),
  state: z
    .enum(['sent', 'done', 'refused'])
    .describe('`sent`: it may have happened, and how it ended is not known yet.'),
  input: Json,
  output: Json.optional(),
  error: Json.optional(),
  attempts: Count.describe('How often its call failed.'),
  notedAt: instant(),
});

export const RunIntervention = z.object({
  action: z.enum(['retry', 'cancel']),
  who: z.string(),
  why: z.string(),
  at: instant(),
});

export const RunDetails = Run.extend({
  input: Json,
  outcome: Json.optional(),
  error: Json.optional().describe('The declared error that it was refused with.'),
  correlationId: z.string().optional().describe('The story that it belongs to.'),
  canBeCancelled: z.boolean(),
  steps: z.array(RunStep),
  interventions: z.array(RunIntervention),
});
