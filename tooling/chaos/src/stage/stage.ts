import { freePort, type NatsServer, type PostgresServer, startNats, startPostgres } from '@macrolith/local-services';
import pg from 'pg';
import type { Kill } from '../plan/plan.js';
import { Supervised } from './supervised.js';

/** How events travel: from the database to subscribers directly, or over a broker of their own. */
export type Transport = 'local' | 'nats';

/**
 * Everything that runs, each a real process that can be killed: PostgreSQL with its data on disk, a shell, a worker, and
 * NATS where events travel over it.
 */
export class Stage implements AsyncDisposable {
  private servicesDied = 0;

  private constructor(
    private readonly folder: string,
    private postgres: PostgresServer,
    private readonly nats: NatsServer | undefined,
    readonly databaseUrl: string,
    readonly shopUrl: string,
    private readonly shell: Supervised,
    private readonly worker: Supervised,
  ) {}

  /** Brings everything up in an empty folder. */
  static async set(folder: string, transport: Transport): Promise<Stage> {
    const postgres = await startPostgres({ durable: true, folder });
    const nats = transport === 'nats' ? await startNats() : undefined;
    const url = await makeDatabase(postgres.url);
    const port = await freePort();
    const environment = { DATABASE_URL: url, LOG_LEVEL: 'silent', ...(nats && { NATS_URL: nats.url }) };
    const shell = new Supervised({ ...environment, ROLE: 'shell', PORT: String(port) });
    const worker = new Supervised({ ...environment, ROLE: 'worker' });
    const stage = new Stage(folder, postgres, nats, url, `http://127.0.0.1:${port}`, shell, worker);
    // One after the other: the first one makes the tables.
    shell.start();
    await shell.whenReady();
    worker.start();
    await worker.whenReady();
    return stage;
  }

  /** How often one of them was killed. */
  get deaths(): number {
    return this.shell.deaths + this.worker.deaths + this.servicesDied;
  }

  /** Kills by chance, or tells a process where to kill itself. Brings back what does not come back by itself. */
  async carryOut({ victim, point, nth }: Kill): Promise<void> {
    if (victim === 'database') return this.killDatabase();
    if (victim === 'broker') return this.killBroker();
    const process = victim === 'worker' ? this.worker : this.shell;
    if (point === undefined) return process.kill();
    process.dieAt({ point, nth: nth! });
  }

  /** Resolves when all are up at the same time. */
  async whenAllUp(): Promise<void> {
    await Promise.all([this.shell.whenReady(), this.worker.whenReady()]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.shell.stop(), this.worker.stop()]);
    await this.nats?.stop();
    await this.postgres.stop();
  }

  private async killDatabase(): Promise<void> {
    this.servicesDied += 1;
    process.kill(this.postgres.pid, 'SIGKILL');
    await this.postgres.stop();
    this.postgres = await startPostgres({ durable: true, folder: this.folder });
  }

  private async killBroker(): Promise<void> {
    this.servicesDied += 1;
    await this.nats!.kill();
    await this.nats!.restart();
  }
}

async function makeDatabase(serverUrl: string): Promise<string> {
  const administrator = new pg.Client(serverUrl);
  await administrator.connect();
  await administrator.query('CREATE DATABASE shop');
  await administrator.end();
  const url = new URL(serverUrl);
  url.pathname = '/shop';
  return url.href;
}
