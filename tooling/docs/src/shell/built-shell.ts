import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';

/** The shell of a workspace as it was built there, in a process of its own, with its sample shop. */
export class BuiltShell {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #database: TestDatabase | undefined;

  private constructor(url: string, process: ChildProcess, database: TestDatabase | undefined) {
    this.url = url;
    this.#process = process;
    this.#database = database;
  }

  /** Builds packages, as `pnpm start` would build those that have changed. */
  static build(root: string, folders: readonly string[]): void {
    for (const folder of folders) {
      execFileSync('pnpm', ['run', 'build'], {
        cwd: join(root, folder),
        stdio: 'pipe',
        env: { ...process.env, pnpm_config_verify_deps_before_run: 'false' },
      });
    }
  }

  /** Without a URL, it gets a database of its own. */
  static async start(root: string, databaseUrl?: string): Promise<BuiltShell> {
    const database = databaseUrl === undefined ? await createTestDatabase() : undefined;
    const url = databaseUrl ?? database?.url;
    const child = fork(join(root, 'apps/shell/dist/main.js'), {
      cwd: root,
      execArgv: [],
      stdio: 'inherit',
      env: { ...process.env, DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'warn', MACROLITH_SEED: 'true' },
    });
    const [message] = await Promise.race([
      once(child, 'message') as Promise<[{ ready: string }]>,
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`The shell ended with code ${code}.`))),
    ]);
    return new BuiltShell(message.ready, child, database);
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
    await this.#database?.drop();
  }
}
