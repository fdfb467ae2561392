import { MonolithEnvironment, readEnvironment } from '@macrolith/shell';
import { z } from 'zod';

/** What the worker reads from the environment, beside what it has in common with the shell. */
export const WorkerEnvironment = z.object({
  HEALTH_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('The address on which its health can be asked. `0.0.0.0` lets other machines ask.'),
  HEALTH_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(3001)
    .describe('The port on which its health can be asked. 0 takes any free one.'),
  ...MonolithEnvironment.shape,
});

export type WorkerConfig = Readonly<z.output<typeof WorkerEnvironment>>;

export function readConfig(environment: NodeJS.ProcessEnv): WorkerConfig {
  return readEnvironment(WorkerEnvironment, environment);
}
