import { spawn } from 'node:child_process';
import { watch } from '@macrolith/local-services';
import { endGroup } from './end-group.ts';

export interface ToolOutcome {
  readonly exitCode: number;
  /** What it wrote to stdout and stderr, in the order of arrival. */
  readonly output: string;
}

export interface Tool {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Ends the tool early; it rejects with the signal's reason then. */
  readonly interrupted: AbortSignal;
}

const STOP_PATIENCE_MS = 5000;

/** Runs a tool to its end and collects what it says. It never outlives this process. */
export async function runTool({ command, folder, interrupted, ...tool }: Tool): Promise<ToolOutcome> {
  interrupted.throwIfAborted();
  const child = spawn(command, tool.arguments, {
    cwd: folder,
    env: tool.environment ?? process.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  const stop = (): void => endGroup(child);
  interrupted.addEventListener('abort', stop);
  const watchdog =
    child.pid === undefined
      ? undefined
      : watch({ pid: child.pid, group: true, signal: 'TERM', patienceMs: STOP_PATIENCE_MS });
  try {
    const exitCode = await exit;
    interrupted.throwIfAborted();
    return { exitCode, output };
  } finally {
    interrupted.removeEventListener('abort', stop);
    await watchdog?.dismiss();
  }
}
