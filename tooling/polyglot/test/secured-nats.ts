import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMacro } from '@macrolith/cli';
import { type NatsServer, startNats } from '@macrolith/local-services';
import { jetstreamManager } from '@nats-io/jetstream';
import {
  connect,
  type NatsConnection,
  type NodeConnectionOptions,
  nkeyAuthenticator,
  PermissionViolationError,
} from '@nats-io/transport-node';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAMS = ['python', 'go'].map((language) => `${ROOT}examples/${language}/program.json`);

/** A nats-server that knows the modules and the programs of `examples/` as `macro nats-auth` writes them. It has the stream of events. */
export class SecuredNats {
  private readonly connections: NatsConnection[] = [];

  private constructor(
    private readonly keys: string,
    private readonly nats: NatsServer,
  ) {}

  static async start(): Promise<SecuredNats> {
    const keys = mkdtempSync(join(tmpdir(), 'macrolith-polyglot-users-'));
    let configuration = '';
    const out = { write: (text: string) => (configuration += text) };
    const programs = PROGRAMS.flatMap((file) => ['--program', file]);
    const code = await runMacro(['nats-auth', '--root', ROOT, '--keys', keys, ...programs], {
      out,
      err: { write: () => undefined },
      environment: {},
    });
    if (code !== 0) throw new Error(`macro nats-auth ended with ${code}.`);
    const secured = new SecuredNats(keys, await startNats({ configuration }));
    const manager = await jetstreamManager(await secured.connect('shell'));
    await manager.streams.add({ name: 'macrolith-events', subjects: ['macrolith.events.>'] });
    return secured;
  }

  get url(): string {
    return this.nats.url;
  }

  /** What a program is told that comes as this user. */
  environmentOf(user: string): Record<string, string> {
    return { NATS_URL: this.url, NATS_USER: user, NATS_NKEY_FILE: this.keyFileOf(user) };
  }

  /** The same for the client of NATS. */
  optionsOf(user: string): NodeConnectionOptions {
    const seed = readFileSync(this.keyFileOf(user), 'utf8').trim();
    const authenticator = nkeyAuthenticator(new TextEncoder().encode(seed));
    return { authenticator, inboxPrefix: `_INBOX.macrolith.${user}` };
  }

  async connect(user: string): Promise<NatsConnection> {
    const connection = await connect({ servers: this.url, ...this.optionsOf(user) });
    this.connections.push(connection);
    return connection;
  }

  /** Of these subjects, those that this user may publish or subscribe to. */
  async allowed(user: string, subjects: Subjects): Promise<Subjects> {
    const connection = await this.connect(user);
    const denied = new Set<string>();
    void (async () => {
      for await (const status of connection.status()) {
        if (status.type !== 'error' || !(status.error instanceof PermissionViolationError)) continue;
        denied.add(`${status.error.operation} ${status.error.subject}`);
      }
    })();
    for (const subject of subjects.publish) connection.publish(subject, '{}');
    for (const subject of subjects.subscribe) connection.subscribe(subject, { callback: () => undefined });
    // The server answers in order: all that it denies has come when the ping is answered.
    await connection.flush();
    await new Promise((resolve) => setImmediate(resolve));
    return {
      publish: subjects.publish.filter((subject) => !denied.has(`publish ${subject}`)),
      subscribe: subjects.subscribe.filter((subject) => !denied.has(`subscription ${subject}`)),
    };
  }

  async stop(): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.close()));
    await this.nats.stop();
    rmSync(this.keys, { recursive: true });
  }

  private keyFileOf(user: string): string {
    return join(this.keys, `${user}.nk`);
  }
}

export interface Subjects {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}
