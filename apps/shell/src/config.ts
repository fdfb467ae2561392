import {
  given,
  InvalidConfig,
  NatsEnvironment,
  NatsUrl,
  PrincipalKeysEnvironment,
  ProcessEnvironment,
  readEnvironment,
  TelemetryEnvironment,
} from '@macrolith/process';
import { z } from 'zod';

const flag = z.stringbool().default(false);

/** What every process of the monolith reads from the environment. The descriptions are the reference's. */
export const MonolithEnvironment = z.object({
  ...ProcessEnvironment.shape,
  NATS_URL: NatsUrl.optional(),
  ...NatsEnvironment.shape,
  ...PrincipalKeysEnvironment.shape,
  MACROLITH_BINDING: z
    .enum(['local', 'loopback'])
    .default('local')
    .describe('How modules call each other: directly, or (`loopback`) through the form that values have on a wire.'),
  MACROLITH_WORKFLOWS: z
    .enum(['by-binding', 'durable'])
    .default('by-binding')
    .describe(
      'How workflows run: in one transaction where that can be, or (`durable`) always as durable runs, as if all modules were elsewhere.',
    ),
  ...TelemetryEnvironment.shape,
  MACROLITH_CHECKS: flag.describe('Hold every call between modules to its contract, and copy what is handed over.'),
});

export type MonolithConfig = Readonly<z.output<typeof MonolithEnvironment>>;

/** What the shell reads from the environment. Unknown variables are left alone. */
export const Environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1').describe('The address to listen on. `0.0.0.0` lets other machines in.'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(3000)
    .describe('The port to listen on. 0 takes any free one.'),
  ...MonolithEnvironment.shape,
  REQUEST_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(600_000)
    .default(30_000)
    .describe('How long a request may take, in milliseconds. It is the deadline of everything that the request calls.'),
  EVENTS_RELAY: z
    .stringbool()
    .default(true)
    .describe('Deliver events, do tasks and keep schedules in this process. `off` where a worker does it.'),
  CONSOLE: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'Whether `/console` is there, where all messages can be seen with the permission `console.look`, and retried, discarded and replayed with `console.intervene`. By default `off` where `NODE_ENV` is `production`.',
    ),
  PRINCIPALS: z
    .enum(['developer', 'bearer', 'none'])
    .default('developer')
    .describe(
      'Who requests come from: the `developer`, who may do everything; whoever a `bearer` token speaks of; or `none`: nobody is known, and what asks for a permission is refused. By default `bearer` where `BEARER_ISSUER` is set, else `none` where `NODE_ENV` is `production`, where `developer` is refused.',
    ),
  BEARER_ISSUER: z.string().optional().describe('Who issues bearer tokens: their `iss`, to the letter.'),
  BEARER_AUDIENCE: z.string().optional().describe('Whom bearer tokens must be for: their `aud`.'),
  BEARER_KEYS_URL: z
    .url({ protocol: /^https?$/, error: 'must look like https://issuer/keys' })
    .optional()
    .describe('Where the issuer serves its keys, a JSON Web Key Set: over https, unless on this machine.'),
  BEARER_PERMISSIONS_CLAIM: z
    .string()
    .default('permissions')
    .describe('The claim of a bearer token that holds the permissions, as a list or as words.'),
  MACROLITH_SEED: flag.describe('Fill an empty shop with the sample catalogue and accounts.'),
});

/** Defaults that differ where strangers may come by. */
const IN_PRODUCTION = { CONSOLE: 'off', PRINCIPALS: 'none' } as const;

/** What bearer tokens cannot be verified without. */
const BEARER = ['BEARER_ISSUER', 'BEARER_AUDIENCE', 'BEARER_KEYS_URL'] as const;

export type ShellConfig = Readonly<z.output<typeof Environment>>;

/** The shell's configuration. */
export function readConfig(environment: NodeJS.ProcessEnv): ShellConfig {
  const set = given(environment);
  const defaults = {
    ...(set.NODE_ENV === 'production' ? IN_PRODUCTION : {}),
    ...(set.BEARER_ISSUER === undefined ? {} : { PRINCIPALS: 'bearer' }),
  };
  const config = readEnvironment(Environment, { ...defaults, ...set });
  const missing = config.PRINCIPALS === 'bearer' ? BEARER.filter((variable) => config[variable] === undefined) : [];
  if (missing.length === 0) return config;
  const problem = 'is not set, and bearer tokens cannot be verified without it';
  throw new InvalidConfig(missing.map((variable) => ({ variable, problem })));
}
