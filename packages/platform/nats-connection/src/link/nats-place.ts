import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { NatsMisconfigured } from './nats-misconfigured.js';

/** Where NATS is, and as whom this process comes there. Whoever says the same shares a connection. */
export interface NatsPlace {
  /** Where NATS is: `nats://host:4222`, or several servers of one cluster. `tls://` is never spoken without TLS. */
  readonly servers: readonly string[];
  /** What this product is called in NATS. Two products on one NATS have two names. */
  readonly system: string;
  /** Credentials, TLS and the like, as the client of NATS takes them. */
  readonly connection: NodeConnectionOptions;
}

/** The same, where not everything need be said. */
export interface GivenNatsPlace {
  readonly servers?: string | readonly string[] | undefined;
  readonly system?: string | undefined;
  readonly connection?: NodeConnectionOptions | undefined;
}

/** Without `servers` they are those of the variable `NATS_URL`, else a NATS on this machine. */
export function natsPlace({ servers, system = 'macrolith', connection = {} }: GivenNatsPlace): NatsPlace {
  const all = [servers ?? process.env.NATS_URL?.split(',') ?? 'nats://127.0.0.1:4222'].flat();
  return { servers: all, system, connection };
}

/**
 * What addresses say beside where the servers are. The client of NATS reads neither (as of @nats-io/transport-node 3.4.0): it would speak
 * plainly to `wss://`, password included.
 * @throws NatsMisconfigured `unknown-scheme`
 */
export function addressesOf({ servers }: NatsPlace): NodeConnectionOptions {
  const read = servers.map((address) => ADDRESS.exec(address)!.groups as Partial<Record<Part, string>>);
  if (read.some(({ scheme = 'nats' }) => !SCHEMES.includes(scheme))) throw new NatsMisconfigured('unknown-scheme');
  const user = read.find((address) => address.user !== undefined);
  return {
    servers: read.map(({ server }) => server!),
    ...(user !== undefined && credentialsOf(user.user!, user.password)),
    ...(read.some(({ scheme }) => scheme === 'tls') && { tls: {} }),
  };
}

type Part = 'scheme' | 'user' | 'password' | 'server';
const SCHEMES = ['nats', 'tls'];
const ADDRESS = /^(?:(?<scheme>[^/@]*):\/\/)?(?:(?<user>[^:@]*)(?::(?<password>.*))?@)?(?<server>.*)$/;

/** A name alone is a token, as nats-server reads addresses itself. */
function credentialsOf(user: string, password: string | undefined): NodeConnectionOptions {
  const name = decodeURIComponent(user);
  return password === undefined ? { token: name } : { user: name, pass: decodeURIComponent(password) };
}
