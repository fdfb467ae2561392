import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { InvalidConfig, readConfig } from './config.ts';
import { Faults } from './faults/faults.ts';
import { server } from './http/server.ts';
import { Network } from './network/network.ts';
import { Store, StoreTaken } from './network/store.ts';
import { Webhooks } from './webhooks/webhooks.ts';

/** On the loopback interface only: a network that charges nobody is nobody else's business. */
const HOST = '127.0.0.1';
const CLOSE_IDLE_MS = 50;

/** Starts the sandbox from the environment and tells its parent process when it serves. A failure ends the process with code 1. */
export async function run(environment: NodeJS.ProcessEnv): Promise<void> {
  try {
    await serve(environment);
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    process.exit(1);
  }
}

async function serve(environment: NodeJS.ProcessEnv): Promise<void> {
  const { store: file, apiKey, webhookSecret, webhookUrl, port } = readConfig(environment);
  mkdirSync(dirname(file), { recursive: true });
  const store = new Store(file);
  const faults = new Faults();
  const webhooks = new Webhooks(store, webhookSecret, faults);
  if (webhookUrl !== undefined) webhooks.endpoint = webhookUrl;
  const app = server({ apiKey, network: new Network(store), store, faults, webhooks });

  const stop = async (): Promise<void> => {
    faults.clear();
    // A connection whose request was under way stays open after its answer.
    const sweep = setInterval(() => app.server.closeIdleConnections(), CLOSE_IDLE_MS);
    await app.close();
    clearInterval(sweep);
    await webhooks.stop();
    store.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  // A parent that was killed cannot ask.
  process.once('disconnect', () => void stop());

  const url = await app.listen({ host: HOST, port });
  webhooks.start();
  process.send?.({ ready: url });
}

function describe(error: unknown): string {
  if (error instanceof InvalidConfig || error instanceof StoreTaken) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} of ${HOST} is taken. Set SANDBOX_PORT to another, or to 0 for any.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
