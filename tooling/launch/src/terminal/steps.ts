import { styleText } from 'node:util';

/** Where steps are shown: a terminal, or a file or pipe. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const REDRAW_MS = 100;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Calm progress: one line for each step, with the seconds it took. In a terminal the line of the running step is
 * redrawn in place; elsewhere it is written when the step begins and when it ends.
 */
export class Steps {
  readonly #output: Output;
  readonly #now: () => number;

  constructor(output: Output = process.stdout, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  /** Runs the work of a step. `describe` may change the detail behind the title while it runs. */
  async run<T>(
    title: string,
    work: (describe: (detail: string) => void) => Promise<T>,
    done: (result: T) => string = () => title,
  ): Promise<T> {
    const startedAt = this.#now();
    let detail = '';
    let frame = 0;
    const redraw = (): void => {
      const line = [title, detail, seconds(this.#now() - startedAt)].filter((part) => part !== '').join(' · ');
      this.#output.write(`\r\x1b[2K${styleText('cyan', FRAMES[frame++ % FRAMES.length] as string)} ${line}`);
    };
    const timer = this.#output.isTTY ? setInterval(redraw, REDRAW_MS) : undefined;
    if (!this.#output.isTTY) this.#output.write(`  ${title} …\n`);
    try {
      const result = await work((text) => {
        detail = text;
      });
      this.#end(timer, `${styleText('green', '✓')} ${done(result)} (${seconds(this.#now() - startedAt)})`);
      return result;
    } catch (error) {
      this.#end(timer, `${styleText('red', '✗')} ${title}`);
      throw error;
    }
  }

  #end(timer: NodeJS.Timeout | undefined, line: string): void {
    clearInterval(timer);
    this.#output.write(`${this.#output.isTTY ? '\r\x1b[2K' : ''}${line}\n`);
  }
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
