import { setTimeout as sleep } from 'node:timers/promises';
import type { Interruption } from '../command/interruption.ts';
import type { RunningProgram } from '../process/program.ts';
import { clickable } from '../shell/address.ts';

const TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/**
 * Resolves to the address to click once the program says that it serves and its readiness check agrees.
 * @throws EndedBeforeReady, or Interrupted
 */
export async function untilHealthy(running: RunningProgram, interruption: Interruption): Promise<string> {
  const url = clickable(await unlessInterrupted(running.ready, interruption));
  const giveUpAt = Date.now() + TIMEOUT_MS;
  while (!(await isHealthy(url))) {
    interruption.requested.throwIfAborted();
    if (Date.now() > giveUpAt) throw new Error(`${url}/health/ready gave no success within ${TIMEOUT_MS / 1000} s.`);
    await sleep(POLL_MS);
  }
  return url;
}

/** The outcome of the work, or a rejection with `Interrupted` as soon as somebody asks to end. */
export async function unlessInterrupted<T>(work: Promise<T>, { requested }: Interruption): Promise<T> {
  requested.throwIfAborted();
  return await new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(requested.reason);
    requested.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => requested.removeEventListener('abort', onAbort));
  });
}

async function isHealthy(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}
