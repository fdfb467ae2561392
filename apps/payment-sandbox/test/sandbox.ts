import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from '@jest/globals';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../src/process/start-sandbox.ts';

/** Starts sandboxes in a folder of their own, and ends what a test leaves running. */
export function sandboxes(): { start(options?: Partial<SandboxOptions>): Promise<RunningSandbox> } {
  const folder = mkdtempSync(join(tmpdir(), 'payment-sandbox-'));
  const running: RunningSandbox[] = [];
  let count = 0;
  afterEach(async () => {
    await Promise.all(running.splice(0).map((sandbox) => sandbox.kill()));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    start: async (options = {}) => {
      count += 1;
      const sandbox = await startSandbox({ store: join(folder, `${count}.sqlite`), ...options });
      running.push(sandbox);
      return sandbox;
    },
  };
}

/** The requests that a merchant makes. Each answers the response. */
export function merchant(sandbox: RunningSandbox) {
  const keyed = (key: string) => ({ 'idempotency-key': key });
  return {
    authorise: (key: string, changes: object = {}) =>
      sandbox.request(
        'POST',
        '/v1/authorisations',
        { token: 'tok_visa_4242', reference: 'order 1', amountMinor: '1000', currency: 'GBP', ...changes },
        keyed(key),
      ),
    capture: (key: string, id: string, amountMinor = '1000') =>
      sandbox.request('POST', `/v1/authorisations/${id}/capture`, { amountMinor }, keyed(key)),
    refund: (key: string, id: string, amountMinor: string) =>
      sandbox.request('POST', `/v1/authorisations/${id}/refund`, { amountMinor }, keyed(key)),
    void: (key: string, id: string) => sandbox.request('POST', `/v1/authorisations/${id}/void`, {}, keyed(key)),
  };
}

export async function idOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { id: string }).id;
}
