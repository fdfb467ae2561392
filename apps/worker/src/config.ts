import { HealthEnvironment, readEnvironment } from '@macrolith/process';
import { MonolithEnvironment } from '@macrolith/shell';
import { z } from 'zod';

/** What the worker reads from the environment, beside what it has in common with the shell. */
export const WorkerEnvironment = z.object({
  ...HealthEnvironment.shape,
  ...MonolithEnvironment.shape,
});

export type WorkerConfig = Readonly<z.output<typeof WorkerEnvironment>>;

export function readConfig(environment: NodeJS.ProcessEnv): WorkerConfig {
  return readEnvironment(WorkerEnvironment, environment);
}
