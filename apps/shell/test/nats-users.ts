import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMacro } from '@macrolith/cli';
import { type NatsServer, startNats } from '@macrolith/local-services';
import { connect, type NatsConnection, nkeyAuthenticator, PermissionViolationError } from '@nats-io/transport-node';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A nats-server that knows the users of this repository's modules, as `macro nats-auth` writes them. */
export class NatsWithUsers {
  private constructor(
    private readonly keys: string,
    readonly nats: NatsServer,
  ) {}

  static async start(): Promise<NatsWithUsers> {
    const keys = mkdtempSync(join(tmpdir(), 'macrolith-nats-users-'));
    let configuration = '';
    const out = { write: (text: string) => (configuration += text) };
    const code = await runMacro(['nats-auth', '--root', ROOT, '--keys', keys], {
      out,
      err: { write: () => undefined },
      environment: {},
    });
    if (code !== 0) throw new Error(`macro nats-auth ended with ${code}.`);
    return new NatsWithUsers(keys, await startNats({ configuration }));
  }

  async connect(user: string): Promise<Connected> {
    const { servers, connection } = this.placeOf(user);
    return new Connected(await connect({ servers, ...connection }));
  }

  /** Where this server is, for a process that comes as this user. */
  placeOf(user: string) {
    const seed = readFileSync(join(this.keys, `${user}.nk`), 'utf8').trim();
    return {
      servers: this.nats.url,
      connection: {
        authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
        inboxPrefix: `_INBOX.macrolith.${user}`,
      },
    };
  }

  async stop(): Promise<void> {
    await this.nats.stop();
    rmSync(this.keys, { recursive: true });
  }
}

/** A connection that can tell which of many subjects the server denies it. */
export class Connected {
  private readonly denied = new Set<string>();

  constructor(readonly connection: NatsConnection) {
    void this.listen();
  }

  /** Of these subjects, those that it may publish to. */
  async mayPublish(subjects: readonly string[]): Promise<string[]> {
    for (const subject of subjects) this.connection.publish(subject, '{}');
    return this.allowedOf(subjects, 'publish');
  }

  /** Of these subjects, those that it may subscribe to. */
  async maySubscribe(subjects: readonly string[]): Promise<string[]> {
    const subscriptions = subjects.map((subject) => this.connection.subscribe(subject, { callback: () => undefined }));
    const allowed = await this.allowedOf(subjects, 'subscription');
    for (const subscription of subscriptions) subscription.unsubscribe();
    return allowed;
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** The server answers in order: all that it denies has come when the ping is answered. */
  private async allowedOf(subjects: readonly string[], operation: string): Promise<string[]> {
    await this.connection.flush();
    await new Promise((resolve) => setImmediate(resolve));
    return subjects.filter((subject) => !this.denied.has(`${operation} ${subject}`));
  }

  private async listen(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type !== 'error' || !(status.error instanceof PermissionViolationError)) continue;
      this.denied.add(`${status.error.operation} ${status.error.subject}`);
    }
  }
}
