/** The sandbox as a process of its own: for the commands of this repository, and for tests. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { Fault } from '../faults/faults.ts';

/** What the sandbox runs from: Node takes the types out by itself. */
export const SANDBOX_PROGRAM = fileURLToPath(new URL('../main.ts', import.meta.url));

/** What the sandbox and those who talk to it have to agree on. */
export interface SandboxSecrets {
  readonly apiKey: string;
  readonly webhookSecret: string;
}

/** Secrets that nobody has had before. */
export function newSecrets(): SandboxSecrets {
  return {
    apiKey: `sandbox_${randomBytes(24).toString('base64url')}`,
    webhookSecret: `whsec_${randomBytes(32).toString('base64')}`,
  };
}

export interface SandboxOptions {
  /** The file that everything is kept in. */
  readonly store: string;
  readonly secrets?: SandboxSecrets;
  /** Default: any free one. */
  readonly port?: number;
  readonly webhookUrl?: string;
}

/** An authorisation as the sandbox tells it. */
export interface SandboxAuthorisation {
  readonly id: string;
  readonly reference: string;
  readonly token: string;
  readonly currency: string;
  readonly status: 'authorised' | 'captured' | 'voided' | 'declined';
  readonly declineReason?: string;
  readonly authorisedMinor: string;
  readonly capturedMinor: string;
  readonly refundedMinor: string;
  readonly createdAt: string;
}

/** A sandbox that runs, and its levers. */
export interface RunningSandbox {
  readonly url: string;
  readonly port: number;
  readonly secrets: SandboxSecrets;
  /** What the payments module reads, to find this sandbox. */
  readonly environment: Readonly<Record<string, string>>;
  /** Lets something go wrong. */
  fail(fault: z.input<typeof Fault>): Promise<void>;
  /** Forgets all faults that have not happened, and lets go on what is held. */
  heal(): Promise<void>;
  /** How many requests are held by a fault. */
  held(): Promise<number>;
  /** Lets go on what is held. */
  release(): Promise<void>;
  /** Sends webhooks there from now on. */
  sendWebhooksTo(url: string): Promise<void>;
  /** All that it was ever asked for; or what it was asked for under one reference. */
  authorisations(reference?: string): Promise<SandboxAuthorisation[]>;
  /** Any request, with the API key. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Ends it without a chance to tidy up. */
  kill(): Promise<void>;
  /** Asks it to end. Answers its exit code. */
  stop(): Promise<number | null>;
}

export class SandboxDidNotStart extends Error {
  override readonly name = 'SandboxDidNotStart';
  readonly exitCode: number | null;
  readonly output: string;

  constructor(exitCode: number | null, output: string) {
    super(`The sandbox ended with ${exitCode} before it served: ${output}`);
    this.exitCode = exitCode;
    this.output = output;
  }
}

/** @throws SandboxDidNotStart */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { store, secrets = newSecrets(), port = 0, webhookUrl = '' } = options;
  const child = fork(SANDBOX_PROGRAM, {
    env: {
      PATH: process.env.PATH,
      SANDBOX_STORE: store,
      SANDBOX_API_KEY: secrets.apiKey,
      SANDBOX_WEBHOOK_SECRET: secrets.webhookSecret,
      SANDBOX_WEBHOOK_URL: webhookUrl,
      SANDBOX_PORT: `${port}`,
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'exit').then(([exitCode]) => exitCode as number | null);
  const url = await Promise.race([
    once(child, 'message').then(([message]) => (message as { ready: string }).ready),
    ended.then((exitCode) => {
      throw new SandboxDidNotStart(exitCode, errors.trim());
    }),
  ]);

  const request: RunningSandbox['request'] = (method, path, body, headers = {}) =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secrets.apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await request(method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };

  return {
    url,
    port: Number(new URL(url).port),
    secrets,
    environment: {
      CARD_NETWORK_URL: url,
      CARD_NETWORK_API_KEY: secrets.apiKey,
      CARD_NETWORK_WEBHOOK_SECRET: secrets.webhookSecret,
    },
    request,
    fail: async (fault) => void (await ask('POST', '/admin/faults', fault)),
    heal: async () => void (await ask('DELETE', '/admin/faults')),
    held: async () => (await ask<{ held: unknown[] }>('GET', '/admin/faults')).held.length,
    release: async () => void (await ask('POST', '/admin/release')),
    sendWebhooksTo: async (to) => void (await ask('PUT', '/admin/webhook-endpoint', { url: to })),
    authorisations: async (reference) => {
      const all: SandboxAuthorisation[] = [];
      for (;;) {
        const query = new URLSearchParams({ limit: '500', after: all.at(-1)?.id ?? '' });
        if (reference !== undefined) query.set('reference', reference);
        const { items } = await ask<{ items: SandboxAuthorisation[] }>('GET', `/v1/authorisations?${query}`);
        all.push(...items);
        if (items.length < 500) return all;
      }
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
