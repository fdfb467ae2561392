import { createHmac, timingSafeEqual } from 'node:crypto';

/** News as it came over HTTP, and what vouches for it. */
export interface SignedNews {
  readonly id: string;
  /** Seconds since the epoch, in decimal digits. */
  readonly timestamp: string;
  /** `v1,` and a signature in base64; several, separated by spaces, while a secret is being replaced. */
  readonly signature: string;
  /** The bytes that were signed, as text. */
  readonly body: string;
}

/** How far the time of news may be from now, in seconds: what was overheard cannot be played back for ever. */
const TOLERANCE_S = 300;

/**
 * What is wrong with the news, by https://www.standardwebhooks.com: the signature covers id, time and body.
 *
 * @param secret `whsec_` and the key in base64
 * @returns `undefined` when it can be believed
 */
export function problemWith(news: SignedNews, secret: string, nowMs: number): 'signature' | 'time' | undefined {
  const { id, timestamp, signature, body } = news;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  if (key.length === 0) return 'signature';
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  const isRight = signature
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
    .map((part) => Buffer.from(part.slice('v1,'.length), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
  if (!isRight) return 'signature';
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= TOLERANCE_S ? undefined : 'time';
}
