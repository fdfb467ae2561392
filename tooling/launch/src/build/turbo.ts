import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { watch } from '@macrolith/local-services';
import { endGroup } from '../process/end-group.ts';
import { newsIn, outputOf } from './turbo-log.ts';

export interface TurboRun {
  /** The workspace's root folder. */
  readonly root: string;
  /** Everything after `turbo run`. */
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Ends the run early; it rejects with the signal's reason then. */
  readonly interrupted: AbortSignal;
  /** Told whenever a task has ended. */
  readonly onTaskEnded?: (progress: TurboProgress) => void;
}

export interface TurboProgress {
  readonly task: string;
  readonly cached: boolean;
  /** Tasks that have ended. */
  readonly ended: number;
  /** Packages that turbo was asked to run a task in. */
  readonly packages: number;
}

export interface TurboOutcome {
  readonly succeeded: boolean;
  readonly tasks: number;
  readonly cachedTasks: number;
  /** The tasks that failed, with everything that they said. */
  readonly failures: readonly { readonly task: string; readonly output: string }[];
  /** Everything that turbo said, for a failure that is not one of a task. */
  readonly log: string;
}

const STOP_PATIENCE_MS = 10_000;

/** Runs turbo quietly and reports what it does. */
export async function runTurbo(run: TurboRun): Promise<TurboOutcome> {
  run.interrupted.throwIfAborted();
  const turbo = spawn(
    join(run.root, 'node_modules', '.bin', 'turbo'),
    ['run', ...run.arguments, '--log-order=grouped', '--output-logs=new-only', '--log-prefix=task', '--no-color'],
    {
      cwd: run.root,
      env: { ...(run.environment ?? process.env), TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  await once(turbo, 'spawn');
  const watchdog = watch({ pid: turbo.pid as number, group: true, signal: 'TERM', patienceMs: STOP_PATIENCE_MS });
  const stop = (): void => endGroup(turbo);
  run.interrupted.addEventListener('abort', stop);

  const closed = once(turbo, 'close') as Promise<[number | null]>;
  const record = new TurboRecord(run.onTaskEnded);
  for (const stream of [turbo.stdout, turbo.stderr]) {
    createInterface({ input: stream }).on('line', (line) => record.add(line));
  }
  const [exitCode] = await closed;
  run.interrupted.removeEventListener('abort', stop);
  await watchdog.dismiss();
  run.interrupted.throwIfAborted();
  return record.outcome(exitCode === 0);
}

class TurboRecord {
  readonly #onTaskEnded: ((progress: TurboProgress) => void) | undefined;
  readonly #lines: string[] = [];
  readonly #failed: string[] = [];
  #packages = 0;
  #ended = 0;
  #cached = 0;

  constructor(onTaskEnded: ((progress: TurboProgress) => void) | undefined) {
    this.#onTaskEnded = onTaskEnded;
  }

  add(line: string): void {
    this.#lines.push(line);
    const news = newsIn(line);
    if (news?.kind === 'scope') this.#packages = news.packages;
    if (news?.kind === 'task-failed') this.#failed.push(news.task);
    if (news?.kind !== 'task-ended') return;
    this.#ended += 1;
    if (news.cached) this.#cached += 1;
    this.#onTaskEnded?.({ task: news.task, cached: news.cached, ended: this.#ended, packages: this.#packages });
  }

  outcome(succeeded: boolean): TurboOutcome {
    return {
      succeeded,
      tasks: this.#ended,
      cachedTasks: this.#cached,
      failures: this.#failed.map((task) => ({ task, output: outputOf(task, this.#lines).join('\n') })),
      log: this.#lines.join('\n').trim(),
    };
  }
}
