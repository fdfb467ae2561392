import { z } from 'zod';

/** What every process that runs modules reads from the environment. The descriptions are the reference's. */
export const ProcessEnvironment = z.object({
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: ({ input }) =>
        input === undefined ? 'is not set' : 'must look like postgres://user:password@host:5432/database',
    })
    .describe('The database, as the user that may prepare it: `postgres://user:password@host:5432/database`.'),
  DATABASE_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(2)
    .max(500)
    .default(20)
    .describe('Connections that it holds at most.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('What is logged: this level and those above it.'),
  SHUTDOWN_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(600_000)
    .default(15_000)
    .describe(
      'How long the process may take to end once it is told to stop, in milliseconds: seven tenths of it for requests and calls under way, two for messages and runs, the last for closing its connections.',
    ),
});

/** For processes without HTTP of their own: where their health can be asked. */
export const HealthEnvironment = z.object({
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
});

/** The environment does not describe a process that could run. */
export class InvalidConfig extends Error {
  constructor(readonly problems: readonly { readonly variable: string; readonly problem: string }[]) {
    super(
      `The configuration cannot be used: ${problems.map(({ variable, problem }) => `${variable} ${problem}`).join('; ')}.`,
    );
    this.name = 'InvalidConfig';
  }
}

/**
 * Validated configuration. Values are never part of the message: they may be secrets.
 *
 * @throws InvalidConfig that names every variable that is wrong
 */
export function readEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  environment: NodeJS.ProcessEnv,
): Readonly<z.output<Schema>> {
  const parsed = schema.safeParse(given(environment), { error: describe });
  if (parsed.success) return Object.freeze(parsed.data);
  throw new InvalidConfig(
    parsed.error.issues.map(({ path, message }) => ({ variable: path.join('.'), problem: message })),
  );
}

/** An empty variable counts as not set. */
export function given(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

function describe(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is not set';
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  return 'has the wrong form';
}
