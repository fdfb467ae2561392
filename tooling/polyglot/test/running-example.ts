import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Example } from './language.js';

/** How a program ended, and what it wrote. */
export interface Ended {
  readonly exitCode: number | null;
  readonly lines: readonly string[];
}

/** A program of `examples/` that runs. */
export class RunningExample {
  private readonly written: string[] = [];
  private readonly errors: string[] = [];
  private readonly begun = Promise.withResolvers<void>();
  private readonly ended: Promise<Ended>;

  private constructor(private readonly child: ChildProcess) {
    createInterface(child.stdout!).on('line', (line) => {
      this.written.push(line);
      this.begun.resolve();
    });
    child.stderr!.on('data', (text) => this.errors.push(String(text)));
    this.ended = once(child, 'close').then(([exitCode]) => ({ exitCode, lines: this.written }));
    void this.ended.then(({ exitCode }) =>
      this.begun.reject(new Error(`It ended with ${exitCode} before it said anything: ${this.errors.join('')}`)),
    );
    // Whoever does not wait for it learns from how it ended.
    this.begun.promise.catch(() => {});
  }

  /** Starts it. What it is to know stands in the environment. */
  static start(
    { command }: Example,
    parameters: readonly string[],
    environment: Record<string, string>,
  ): RunningExample {
    const [program, ...before] = command;
    return new RunningExample(
      spawn(program!, [...before, ...parameters], {
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  /** All that it wrote to standard output by now. */
  get lines(): readonly string[] {
    return this.written;
  }

  /** Resolves when it has said that it is ready. */
  async ready(): Promise<this> {
    await this.begun.promise;
    return this;
  }

  /** Resolves when it is gone. */
  untilEnded(): Promise<Ended> {
    return this.ended;
  }

  /** Asks it to end in good order. */
  stop(): Promise<Ended> {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  /** Ends it, if it still runs. */
  kill(): Promise<Ended> {
    this.child.kill('SIGKILL');
    return this.ended;
  }
}
