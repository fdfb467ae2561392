import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type NatsServer, startNats, type TestDatabase, watch } from '@macrolith/local-services';
import pg from 'pg';

const SHELL = fileURLToPath(new URL('../../../../apps/shell/dist/main.js', import.meta.url));

/** How events travel in the shop. */
export type Transport = 'within the database' | 'over NATS';

/** The built shell as a process of its own, over a database of its own. */
export class ShopProcess implements AsyncDisposable {
  private constructor(
    private readonly database: TestDatabase,
    private readonly nats: NatsServer | undefined,
    /** Looks past the walls between the modules. */
    readonly administrator: pg.Client,
    private served: Served,
  ) {}

  static async start(transport: Transport = 'within the database'): Promise<ShopProcess> {
    const database = await createTestDatabase();
    const nats = transport === 'over NATS' ? await startNats() : undefined;
    const administrator = new pg.Client(database.url);
    await administrator.connect();
    return new ShopProcess(database, nats, administrator, await serve(database.url, 0, nats));
  }

  get url(): string {
    return this.served.url;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    await end(this.served, 'SIGKILL');
    await this.endLeases();
  }

  /** Serves again at the same address. */
  async restart(): Promise<void> {
    this.served = await serve(this.database.url, Number(new URL(this.url).port), this.nats);
  }

  /** A message that the killed shell was delivering is free for the next one after some seconds. No test waits that long. */
  private async endLeases(): Promise<void> {
    const { rows } = await this.administrator.query<{ schema: string }>(
      "SELECT schemaname AS schema FROM pg_tables WHERE tablename = 'delivery'",
    );
    for (const { schema } of rows) {
      await this.administrator.query(
        `UPDATE ${schema}.delivery SET leased_until = now() WHERE leased_until IS NOT NULL`,
      );
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await end(this.served, 'SIGTERM');
    await this.administrator.end();
    await this.database.drop();
    await this.nats?.stop();
  }
}

interface Served {
  readonly process: ChildProcess;
  readonly url: string;
  readonly gone: Promise<unknown>;
}

async function serve(databaseUrl: string, port: number, nats: NatsServer | undefined): Promise<Served> {
  if (!existsSync(SHELL)) throw new Error(`${SHELL} is missing: build the shell with 'pnpm build' first.`);
  const process_ = fork(SHELL, [], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      MACROLITH_SEED: 'true',
      PORT: `${port}`,
      LOG_LEVEL: 'error',
      ...(nats && { NATS_URL: nats.url }),
    },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const watchdog = watch({ pid: process_.pid!, signal: 'TERM', patienceMs: 5000 });
  const gone = once(process_, 'exit').then(() => watchdog.dismiss());
  const ready = await Promise.race([once(process_, 'message'), gone]);
  if (ready === undefined) throw new Error('The shell ended before it served.');
  return { process: process_, url: (ready as [{ ready: string }])[0].ready, gone };
}

async function end({ process, gone }: Served, signal: NodeJS.Signals): Promise<void> {
  process.kill(signal);
  await gone;
}
