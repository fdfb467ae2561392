import { accessSync, constants, readFileSync } from 'node:fs';
import { type GivenNatsPlace, NatsConnectionModule, NatsNames } from '@macrolith/nats-connection';
import { nkeyAuthenticator } from '@nats-io/transport-node';
import { type DynamicModule, Module } from '@nestjs/common';
import { z } from 'zod';
import { InvalidConfig } from './environment.js';

/** Where NATS is, for processes that call others or are called. */
export const NatsUrl = z
  .string()
  .regex(/^(nats|tls):\/\/[^\s,]+(,(nats|tls):\/\/[^\s,]+)*$/, 'must look like nats://host:4222')
  .describe(
    'Where NATS is: `nats://host:4222`, or several servers of one cluster with commas between; `tls://` where nothing may be said without TLS. With it, modules in other processes can be called, and call, and events go over its JetStream.',
  );

/** As whom a process comes to NATS, and whom it takes for NATS. Secrets are in files, whose content is in no log. */
export const NatsEnvironment = z.object({
  NATS_USER: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be a user of macro nats-auth: a module, a macroservice or shell')
    .optional()
    .describe(
      'The user of NATS that this process is, as `macro nats-auth` names it: a module, a macroservice or `shell`. Answers then come to inboxes of its own.',
    ),
  NATS_NKEY_FILE: z
    .string()
    .optional()
    .describe(
      'The file with the secret key of that user, as `macro nats-auth --keys` makes it. It is read at each connect.',
    ),
  NATS_CA_FILE: z
    .string()
    .optional()
    .describe(
      'The certificates of the authorities that may sign that of nats-server, as PEM; nothing is said without TLS then. Not set: those that Node knows.',
    ),
  NATS_CERT_FILE: z
    .string()
    .optional()
    .describe('The certificate by which this process shows nats-server who it is, as PEM, where that asks for one.'),
  NATS_KEY_FILE: z.string().optional().describe('The private key of that certificate, as PEM.'),
});

type NatsConfig = z.output<typeof NatsEnvironment> & { readonly NATS_URL?: string | undefined };
type FileVariable = 'NATS_NKEY_FILE' | 'NATS_CA_FILE' | 'NATS_CERT_FILE' | 'NATS_KEY_FILE';

const FILES: readonly FileVariable[] = ['NATS_NKEY_FILE', 'NATS_CA_FILE', 'NATS_CERT_FILE', 'NATS_KEY_FILE'];
const SEED = /^SU[A-Z2-7]{56}$/;

/** Where NATS is for this process, and as whom it comes there, for its calls and its events. */
@Module({})
export class ProcessNatsModule {
  /**
   * As the environment says.
   * @throws InvalidConfig that names every variable that is wrong, and nothing of what is in a file
   */
  static forRoot(config: NatsConfig, system = 'macrolith'): DynamicModule {
    return { module: ProcessNatsModule, imports: [NatsConnectionModule.at(placeOf(config, system))] };
  }
}

function placeOf(config: NatsConfig, system: string): GivenNatsPlace {
  const problems = problemsOf(config);
  if (problems.length > 0) throw new InvalidConfig(problems);
  const { NATS_USER: user, NATS_NKEY_FILE: nkey, NATS_CA_FILE: ca, NATS_CERT_FILE: cert, NATS_KEY_FILE: key } = config;
  const tls = { ...(ca && { caFile: ca }), ...(cert && { certFile: cert }), ...(key && { keyFile: key }) };
  return {
    servers: config.NATS_URL?.split(','),
    system,
    connection: {
      ...(user !== undefined && { inboxPrefix: new NatsNames(system).inboxOf(user) }),
      ...(nkey !== undefined && { authenticator: nkeyAuthenticator(() => new TextEncoder().encode(seedIn(nkey))) }),
      ...(Object.keys(tls).length > 0 && { tls }),
    },
  };
}

function problemsOf(config: NatsConfig): InvalidConfig['problems'] {
  const problems: InvalidConfig['problems'][number][] = FILES.flatMap((variable) => {
    const file = config[variable];
    return file === undefined || isReadable(file) ? [] : [{ variable, problem: 'names a file that cannot be read' }];
  });
  const nkey = config.NATS_NKEY_FILE;
  if (nkey !== undefined && isReadable(nkey) && !SEED.test(seedIn(nkey)))
    problems.push({ variable: 'NATS_NKEY_FILE', problem: 'names a file that holds no key of a user' });
  if (nkey !== undefined && config.NATS_USER === undefined)
    problems.push({ variable: 'NATS_USER', problem: 'is not set, and NATS_NKEY_FILE is the key of one' });
  if ((config.NATS_CERT_FILE === undefined) !== (config.NATS_KEY_FILE === undefined)) {
    const variable = config.NATS_CERT_FILE === undefined ? 'NATS_CERT_FILE' : 'NATS_KEY_FILE';
    problems.push({ variable, problem: 'is not set, and a certificate is of no use without its key' });
  }
  return problems;
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function seedIn(file: string): string {
  return readFileSync(file, 'utf8').trim();
}
