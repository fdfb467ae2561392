import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type RunningProgram, startProgram } from '@macrolith/local-services';
import type { Death } from '../process/dying.js';

const PROGRAM = fileURLToPath(new URL('../process/main.js', import.meta.url));
const RESTART_MS = 100;

/** A process that is started again whenever it ends, as an orchestrator would. */
export class Supervised {
  private program: RunningProgram | undefined;
  private up = Promise.withResolvers<void>();
  private stopped = false;
  private living: Promise<void> | undefined;
  /** How often it was killed so far, by others or by itself. */
  deaths = 0;

  constructor(private readonly environment: Readonly<Record<string, string>>) {}

  start(): void {
    this.living = this.live();
  }

  /** Resolves when it is up. */
  async whenReady(): Promise<void> {
    await this.up.promise;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    await this.program?.kill();
  }

  /** Lets it kill itself at a point of its work. */
  dieAt(death: Death): void {
    this.program?.tell(death);
  }

  /** Lets it drain and end. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.program?.stop();
    await this.living;
  }

  private async live(): Promise<void> {
    while (!this.stopped) {
      const program = startProgram({ file: PROGRAM, environment: this.environment });
      this.program = program;
      // One that could not start, such as while its database is down, has ended, and is started again.
      program.ready.then(() => this.up.resolve()).catch(() => {});
      const { signal } = await program.ended;
      if (signal === 'SIGKILL') this.deaths += 1;
      this.up.resolve();
      this.up = Promise.withResolvers();
      if (!this.stopped) await pause(RESTART_MS);
    }
    this.up.resolve();
  }
}
