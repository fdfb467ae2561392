import { join } from 'node:path';
import { newSecrets, SANDBOX_PROGRAM } from '@macrolith/payment-sandbox/process';
import type { Interruption } from '../command/interruption.ts';
import { EndedBeforeReady, startProgram } from '../process/program.ts';
import { unlessInterrupted } from '../start/health.ts';
import type { Environment, Preparation } from '../start/prepare.ts';
import type { Steps } from '../terminal/steps.ts';

/** Where the payments module of the shell hears the card network's news. */
const NEWS_PATH = '/api/payments/card-network/events';

/** The card network that runs beside the shell. */
export interface CardNetwork {
  /** What the shell needs to reach it. */
  readonly environment: Environment;
  /** Lets it send its news to the shell at this address. */
  sendNewsTo(shellUrl: string): Promise<void>;
}

/**
 * Starts the sandbox's card network, so that orders can be paid by card; nothing when the environment names a network. It
 * is put on the stack. A shop whose network does not start takes no cards, and is a shop all the same.
 */
export async function startCardNetwork(
  { root, environment }: Preparation,
  steps: Steps,
  started: AsyncDisposableStack,
  interruption: Interruption,
): Promise<CardNetwork | undefined> {
  if (environment.CARD_NETWORK_URL) return undefined;
  const { apiKey, webhookSecret } = newSecrets();
  const running = startProgram({
    file: SANDBOX_PROGRAM,
    folder: root,
    environment: {
      PATH: environment.PATH,
      SANDBOX_STORE: join(root, '.macrolith', 'payment-sandbox', 'cards.sqlite'),
      SANDBOX_API_KEY: apiKey,
      SANDBOX_WEBHOOK_SECRET: webhookSecret,
    },
  });
  started.defer(() => running.stop(interruption.forced));
  const title = 'Starting the card network';
  const ready = () => unlessInterrupted(running.ready, interruption);
  const url = await steps.run(title, ready, () => 'The card network of the sandbox serves').catch(goOnWithout);
  if (url === undefined) return undefined;
  return {
    environment: {
      CARD_NETWORK_URL: url,
      CARD_NETWORK_API_KEY: apiKey,
      CARD_NETWORK_WEBHOOK_SECRET: webhookSecret,
    },
    sendNewsTo: async (shellUrl) => {
      await fetch(`${url}/admin/webhook-endpoint`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ url: new URL(NEWS_PATH, shellUrl).href }),
      });
    },
  };
}

/** It has said on stderr why it ended. */
function goOnWithout(error: unknown): undefined {
  if (!(error instanceof EndedBeforeReady)) throw error;
  process.stderr.write('The shop takes no cards this time.\n');
}
