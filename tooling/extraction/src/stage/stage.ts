import {
  createTestDatabase,
  type NatsServer,
  startNats,
  startPostgres,
  TEST_SERVER_VARIABLE,
  type TestDatabase,
} from '@macrolith/local-services';
import pg from 'pg';
import type { RunningProcess, Surroundings } from './processes.js';

/** A database and a NATS of their own, and the processes that meet there. Everything ends with it. */
export class Stage implements AsyncDisposable {
  private readonly running = new Set<RunningProcess>();

  private constructor(
    private readonly database: TestDatabase,
    readonly nats: NatsServer,
    /** Looks past the walls between the modules. */
    readonly administrator: pg.Client,
  ) {}

  static async set(): Promise<Stage> {
    const [database, nats] = await Promise.all([createTestDatabase(), startNats()]);
    const administrator = new pg.Client(database.url);
    await administrator.connect();
    return new Stage(database, nats, administrator);
  }

  get surroundings(): Surroundings {
    return { databaseUrl: this.database.url, natsUrl: this.nats.url };
  }

  /** Waits until a process serves, and ends it with the stage. */
  async started(starting: Promise<RunningProcess>): Promise<RunningProcess> {
    const process = await starting;
    this.running.add(process);
    void process.ended.then(() => this.running.delete(process));
    return process;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.running].map((process) => process.kill()));
    await this.administrator.end();
    await Promise.all([this.database.drop(), this.nats.stop()]);
  }
}

/** One PostgreSQL for all that this process and those that it starts do, unless the environment names one. */
export async function withPostgres<T>(work: () => Promise<T>): Promise<T> {
  if (process.env[TEST_SERVER_VARIABLE]) return work();
  const server = await startPostgres();
  process.env[TEST_SERVER_VARIABLE] = server.url;
  try {
    return await work();
  } finally {
    delete process.env[TEST_SERVER_VARIABLE];
    await server.stop();
  }
}
