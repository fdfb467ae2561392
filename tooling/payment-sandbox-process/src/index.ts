/** The sandbox's card network as a process of its own, for tests of modules. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '@macrolith/payment-sandbox/process';

export {
  newSecrets,
  type RunningSandbox,
  type SandboxAuthorisation,
  startSandbox,
} from '@macrolith/payment-sandbox/process';

/** A sandbox with a store of its own, which is removed when it is closed. */
export async function disposableSandbox(): Promise<RunningSandbox & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'payment-sandbox-'));
  const sandbox = await startSandbox({ store: join(folder, 'cards.sqlite') });
  return {
    ...sandbox,
    close: async () => {
      await sandbox.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
