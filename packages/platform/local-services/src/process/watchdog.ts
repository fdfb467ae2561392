import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Watches over a process until it was stopped in good order. */
export interface Watchdog {
  /** Ends the watchdog. Call it when the process is gone. */
  dismiss(): Promise<void>;
  /** Ends the watchdog at once and without its last acts: what it watched over is somebody else's now. */
  release(): void;
}

export interface Watched {
  readonly pid: number;
  /** Whether the process leads a process group that shall end with it, as one that was spawned `detached` does. */
  readonly group?: boolean;
  /** The signal that asks the process to end in good order. */
  readonly signal: 'INT' | 'TERM';
  /** How long it may take; then it is killed. */
  readonly patienceMs: number;
  /** When given, the process is ended only while this file still begins with its id. */
  readonly pidFile?: string;
  /** Removed when the process is gone. */
  readonly folderToRemove?: string;
}

/**
 * Ends a process whose starter died, also by SIGKILL: no handler runs then, but the operating system closes the pipe
 * that the watchdog reads.
 */
export function watch({
  pid,
  group = false,
  signal,
  patienceMs,
  pidFile = '',
  folderToRemove = '',
}: Watched): Watchdog {
  // kill(1) takes a negative id for the whole group of that process.
  const target = group ? `-${pid}` : `${pid}`;
  const patience = `${Math.ceil(patienceMs / POLL_MS)}`;
  const watchdog = spawn(
    '/bin/sh',
    ['-c', SCRIPT, 'macrolith-watchdog', target, signal, patience, pidFile, folderToRemove],
    // A group of its own: a Ctrl-C in the terminal must not end the watchdog together with what it watches over.
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' },
  );
  watchdog.unref();
  watchdog.stdin.on('error', () => {});
  (watchdog.stdin as unknown as { unref(): void }).unref();

  return {
    async dismiss() {
      if (watchdog.exitCode !== null || watchdog.signalCode !== null) return;
      watchdog.ref();
      const exit = once(watchdog, 'exit');
      watchdog.stdin.end();
      await exit;
    },
    release() {
      watchdog.kill('SIGKILL');
    },
  };
}

const POLL_MS = 100;

const SCRIPT = `
target=$1 signal=$2 patience=$3 pid_file=$4 folder=$5
read -r _
lives() {
  kill -0 "$target" 2>/dev/null || return 1
  [ -z "$pid_file" ] || [ "$(head -n 1 "$pid_file" 2>/dev/null)" = "$target" ]
}
if lives; then
  kill -s "$signal" -- "$target" 2>/dev/null
  while lives && [ "$patience" -gt 0 ]; do
    sleep ${POLL_MS / 1000}
    patience=$((patience - 1))
  done
  lives && kill -s KILL -- "$target" 2>/dev/null
fi
[ -n "$folder" ] && rm -rf -- "$folder"
`;
