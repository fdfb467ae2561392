import { createHmac } from 'node:crypto';

/**
 * The headers of a webhook as https://www.standardwebhooks.com describes them: the signature covers id, time and body.
 *
 * @param secret `whsec_` and the key in base64
 * @param atSeconds since the epoch
 */
export function signedHeaders(secret: string, id: string, atSeconds: number, body: string): Record<string, string> {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${atSeconds}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': `${atSeconds}`,
    'webhook-signature': `v1,${signature}`,
  };
}
