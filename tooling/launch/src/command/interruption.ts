import { stillRuns } from '@macrolith/local-services';
import { wrapperProcesses } from './wrapper-processes.ts';

/** That somebody wants the command to end. */
export interface Interruption {
  /** Aborted when the command shall end in good order. */
  readonly requested: AbortSignal;
  /** Aborted when it shall end at once, whatever is lost. */
  readonly forced: AbortSignal;
}

/** One Ctrl-C can arrive twice: from the terminal, and passed on by the package manager. */
const SAME_KEYPRESS_MS = 400;
const WRAPPER_POLL_MS = 500;

/**
 * Listens for Ctrl-C and its relatives: the first one asks, the second one forces. When the package manager that ran
 * the command is killed, that counts as the first: otherwise the command would go on with nobody to stop it.
 */
export function listenForInterruption(): Interruption {
  const requested = new AbortController();
  const forced = new AbortController();
  let requestedAtMs = 0;

  const onSignal = (): void => {
    if (!requested.signal.aborted) {
      requestedAtMs = performance.now();
      requested.abort(new Interrupted());
    } else if (performance.now() - requestedAtMs > SAME_KEYPRESS_MS) {
      forced.abort(new Interrupted());
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  whenWrapperDies(() => requested.abort(new Interrupted()));
  return { requested: requested.signal, forced: forced.signal };
}

/** Thrown out of whatever was under way when the command was asked to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('The command was interrupted.');
  }
}

function whenWrapperDies(act: () => void): void {
  const wrappers = wrapperProcesses();
  if (wrappers.length === 0) return;
  const poll = setInterval(() => {
    if (wrappers.every(stillRuns)) return;
    clearInterval(poll);
    act();
  }, WRAPPER_POLL_MS);
  poll.unref();
}
