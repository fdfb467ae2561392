import { join, relative } from 'node:path';
import { styleText } from 'node:util';
import { Interrupted } from '../command/interruption.ts';
import { runTool } from '../process/run-tool.ts';

/**
 * Checks types behind the running program, one check at a time: the program restarts on a save without waiting for it.
 * Errors are shown; that there are none any more is said once.
 */
export class TypeCheck {
  readonly #root: string;
  readonly #interrupted: AbortSignal;
  #running: Promise<void> | undefined;
  #again = false;
  #failed = false;

  constructor(root: string, interrupted: AbortSignal) {
    this.#root = root;
    this.#interrupted = interrupted;
  }

  /** Asks for a check of what the sources are now. */
  request(): void {
    this.#again = true;
    this.#running ??= this.#runUntilSettled().finally(() => {
      this.#running = undefined;
    });
  }

  /** Resolves when no check runs. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #runUntilSettled(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        await this.#run();
      }
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    }
  }

  async #run(): Promise<void> {
    const shell = join(this.#root, 'apps', 'shell');
    const { exitCode, output } = await runTool({
      command: join(this.#root, 'node_modules', '.bin', 'tsc'),
      arguments: ['-b', shell, '--pretty'],
      folder: this.#root,
      interrupted: this.#interrupted,
    });
    if (this.#again) return;
    if (exitCode !== 0)
      process.stdout.write(`${styleText('red', '✗')} Types of ${relative(this.#root, shell)}:\n${output}`);
    else if (this.#failed) process.stdout.write(`${styleText('green', '✓')} Types are right again\n`);
    this.#failed = exitCode !== 0;
  }
}
