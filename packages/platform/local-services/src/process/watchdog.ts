import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Watches over a server until it was stopped in good order. */
export interface Watchdog {
  /** Ends the watchdog. Call it when the server has stopped. */
  dismiss(): Promise<void>;
}

/**
 * Stops a server whose starter died, also by SIGKILL: no handler runs then, but the operating system closes the pipe
 * that the watchdog reads. It kills only while `pidFile` still begins with the server's id, so never a stranger that
 * was given the same id later.
 */
export function watch(server: { pid: number; pidFile: string; folderToRemove?: string }): Watchdog {
  const watchdog = spawn(
    '/bin/sh',
    ['-c', SCRIPT, 'macrolith-watchdog', `${server.pid}`, server.pidFile, server.folderToRemove ?? ''],
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
  };
}

const SCRIPT = `
read -r _
owns() { [ "$(head -n 1 "$2" 2>/dev/null)" = "$1" ]; }
if owns "$1" "$2"; then
  kill -INT "$1" 2>/dev/null
  waited=0
  while owns "$1" "$2" && kill -0 "$1" 2>/dev/null; do
    sleep 0.1
    waited=$((waited + 1))
    [ "$waited" = 100 ] && kill -QUIT "$1" 2>/dev/null
    [ "$waited" = 150 ] && { kill -KILL "$1" 2>/dev/null; break; }
  done
fi
[ -n "$3" ] && rm -rf -- "$3"
`;
