import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { watch } from '@macrolith/local-services';
import type { Death } from '../process/dying.js';

const PROGRAM = fileURLToPath(new URL('../process/main.js', import.meta.url));
const RESTART_MS = 100;
const STOP_PATIENCE_MS = 20_000;

/** A process that is started again whenever it ends, as an orchestrator would. */
export class Supervised {
  private child: ChildProcess | undefined;
  private gone: Promise<unknown> = Promise.resolve();
  private ready = Promise.withResolvers<void>();
  private stopped = false;
  private living: Promise<void> | undefined;
  /** How often it has ended so far. */
  deaths = 0;
  /** What it last had to say to its error output. */
  lastWords = '';

  constructor(
    readonly name: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  start(): void {
    this.living = this.live();
  }

  /** Resolves when it is up. */
  async whenReady(): Promise<void> {
    await this.ready.promise;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.gone;
  }

  /** Lets it kill itself at a point of its work. */
  dieAt(death: Death): void {
    if (this.child?.connected) this.child.send(death);
  }

  /** Lets it drain and end. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.child?.kill('SIGTERM');
    const patience = setTimeout(() => this.child?.kill('SIGKILL'), STOP_PATIENCE_MS);
    await this.living;
    clearTimeout(patience);
  }

  private async live(): Promise<void> {
    while (!this.stopped) {
      const child = fork(PROGRAM, {
        env: { ...process.env, NODE_OPTIONS: '', ...this.environment },
        execArgv: [],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      this.child = child;
      const watchdog = watch({ pid: child.pid!, signal: 'TERM', patienceMs: 5_000 });
      child.stderr!.on('data', (text) => {
        this.lastWords = String(text).slice(0, 2_000);
      });
      child.once('message', () => this.ready.resolve());
      this.gone = new Promise((resolve) => child.once('exit', resolve));
      await this.gone;
      this.ready.resolve();
      this.ready = Promise.withResolvers();
      await watchdog.dismiss();
      this.deaths += 1;
      if (!this.stopped) await pause(RESTART_MS);
    }
    this.ready.resolve();
  }
}
