import { freePort, type PostgresServer, startPostgres } from '@macrolith/local-services';
import pg from 'pg';
import type { Kill } from '../plan/plan.js';
import { Supervised } from './supervised.js';

/** Everything that runs, each a real process that can be killed: PostgreSQL with its data on disk, a shell and a worker. */
export class Stage implements AsyncDisposable {
  private databaseDeaths = 0;

  private constructor(
    private readonly folder: string,
    private postgres: PostgresServer,
    readonly databaseUrl: string,
    readonly shopUrl: string,
    readonly shell: Supervised,
    readonly worker: Supervised,
  ) {}

  /** Brings everything up in an empty folder. */
  static async set(folder: string): Promise<Stage> {
    const postgres = await startPostgres({ durable: true, folder });
    const administrator = new pg.Client(postgres.url);
    await administrator.connect();
    await administrator.query('CREATE DATABASE shop');
    await administrator.end();
    const url = new URL(postgres.url);
    url.pathname = '/shop';
    const port = await freePort();
    const shell = new Supervised('shell', { DATABASE_URL: url.href, ROLE: 'shell', PORT: String(port) });
    const worker = new Supervised('worker', { DATABASE_URL: url.href, ROLE: 'worker' });
    const stage = new Stage(folder, postgres, url.href, `http://127.0.0.1:${port}`, shell, worker);
    // One after the other: the first one makes the tables.
    shell.start();
    await shell.whenReady();
    worker.start();
    await worker.whenReady();
    return stage;
  }

  /** How often one of them has ended before its time. */
  get deaths(): number {
    return this.shell.deaths + this.worker.deaths + this.databaseDeaths;
  }

  /** Kills by chance, or tells a process where to kill itself. Brings back what does not come back by itself. */
  async carryOut({ victim, point, nth }: Kill): Promise<void> {
    if (victim === 'database') return this.killDatabase();
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
    await this.postgres.stop();
  }

  private async killDatabase(): Promise<void> {
    this.databaseDeaths += 1;
    process.kill(this.postgres.pid, 'SIGKILL');
    await this.postgres.stop();
    this.postgres = await startPostgres({ durable: true, folder: this.folder });
  }
}
