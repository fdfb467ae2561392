import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A command of this repository, as a person runs it, with what it says. */
export class Command {
  readonly process: ChildProcess;
  output = '';

  constructor(file: string, commandArguments: readonly string[], environment: Record<string, string | undefined>) {
    this.process = spawn(process.execPath, [file, ...commandArguments], {
      env: { ...process.env, DATABASE_URL: undefined, HOST: undefined, PORT: undefined, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.output += chunk;
      });
    }
  }

  /** Resolves to the address that the last line shows. */
  async url(): Promise<string> {
    await eventually(() => {
      if (this.process.exitCode !== null) throw new Error(`It ended with ${this.process.exitCode}: ${this.output}`);
      return /Open \S+ in your browser/.test(this.output);
    });
    return /Open (\S+) in your browser/.exec(this.output)?.[1] as string;
  }

  /** Resolves to the exit code, or to the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'close');
    return (this.process.exitCode ?? this.process.signalCode) as number | NodeJS.Signals;
  }

  get lines(): string[] {
    return this.output.split('\n').filter((line) => line.trim() !== '');
  }
}

export async function eventually(condition: () => boolean | Promise<boolean>, timeoutMs = 120_000): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`Still not so after ${timeoutMs / 1000} s: ${condition}`);
    await sleep(50);
  }
}
