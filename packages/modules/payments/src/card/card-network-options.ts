import { ModuleMisconfigured } from '@macrolith/core';

/** A variable of the card network cannot be used. The message never repeats the value: it may be a secret. */
export class InvalidCardNetworkOptions extends ModuleMisconfigured {
  constructor(problem: string) {
    super('payments', problem);
  }
}

export interface CardNetworkSettings {
  /** Where the network serves, without a path. Without it no cards are taken. */
  readonly url?: string;
  readonly apiKey?: string;
  /** What the network signs its news with: `whsec_` and the key in base64 (https://www.standardwebhooks.com). */
  readonly webhookSecret?: string;
  /** How long one request may take. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
const MAX_TIMEOUT_MS = 60_000;
const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/;

/**
 * How this process reaches the card network. A DI token too: the shell may provide one of its own in a global module;
 * without, the environment is read.
 */
export class CardNetworkOptions {
  readonly url: string | undefined;
  readonly apiKey: string;
  readonly webhookSecret: string;
  readonly timeoutMs: number;

  constructor({ url, apiKey = '', webhookSecret = '', timeoutMs = TIMEOUT_MS }: CardNetworkSettings = {}) {
    if (url !== undefined) {
      if (!isOrigin(url)) {
        throw new InvalidCardNetworkOptions('CARD_NETWORK_URL must look like https://network.example, without a path.');
      }
      if (apiKey === '')
        throw new InvalidCardNetworkOptions('CARD_NETWORK_API_KEY is not set, and CARD_NETWORK_URL is.');
      if (!WEBHOOK_SECRET.test(webhookSecret)) {
        throw new InvalidCardNetworkOptions(
          'CARD_NETWORK_WEBHOOK_SECRET must be whsec_ and at least 24 bytes in base64, as the network gave it.',
        );
      }
    }
    if (!Number.isInteger(timeoutMs) || timeoutMs < 100 || timeoutMs > MAX_TIMEOUT_MS) {
      throw new InvalidCardNetworkOptions(`CARD_NETWORK_TIMEOUT_MS must be 100 to ${MAX_TIMEOUT_MS}.`);
    }
    this.url = url;
    this.apiKey = apiKey;
    this.webhookSecret = webhookSecret;
    this.timeoutMs = timeoutMs;
  }

  /** From `CARD_NETWORK_*`; empty counts as absent. */
  static fromEnvironment(environment: NodeJS.ProcessEnv): CardNetworkOptions {
    const { CARD_NETWORK_URL, CARD_NETWORK_API_KEY, CARD_NETWORK_WEBHOOK_SECRET, CARD_NETWORK_TIMEOUT_MS } =
      environment;
    return new CardNetworkOptions({
      ...(CARD_NETWORK_URL ? { url: CARD_NETWORK_URL } : {}),
      ...(CARD_NETWORK_API_KEY ? { apiKey: CARD_NETWORK_API_KEY } : {}),
      ...(CARD_NETWORK_WEBHOOK_SECRET ? { webhookSecret: CARD_NETWORK_WEBHOOK_SECRET } : {}),
      ...(CARD_NETWORK_TIMEOUT_MS ? { timeoutMs: Number(CARD_NETWORK_TIMEOUT_MS) } : {}),
    });
  }
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, username } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && pathname === '/' && search === '' && username === '';
}
