import { defineError, z } from '@macrolith/contract';

/** No run of the module has this id. */
export class RunNotFound extends defineError(
  'console.run-not-found',
  { module: z.string(), runId: z.string() },
  (e) => `'${e.module}' keeps no run ${e.runId}. It may have ended long ago, or belong to another module.`,
  { kind: 'not-found' },
) {}

/** The module keeps no runs in this process. */
export class RunsNotKept extends defineError(
  'console.runs-not-kept',
  { module: z.string(), modules: z.array(z.string()) },
  (e) =>
    `'${e.module}' keeps no runs of workflows here. ${e.modules.length === 0 ? 'No module does.' : `These do: ${e.modules.join(', ')}.`}`,
  { kind: 'not-found' },
) {}

/** The run has ended, or cannot be taken back any more. */
export class RunNotChangeable extends defineError(
  'console.run-not-changeable',
  { runId: z.string(), reason: z.enum(['ended', 'past-return', 'compensating']) },
  (e) => `Run ${e.runId} ${WHY[e.reason]}`,
  { kind: 'conflict' },
) {}

const WHY = {
  ended: 'has ended. What it has done is changed by commands of its modules.',
  'past-return': 'is past the step that cannot be taken back, and goes on until it is done.',
  compensating: 'is being taken back already.',
} as const;
