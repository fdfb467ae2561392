import { RequestRefused } from '../problem/request-refused.js';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;
const QUOTED = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/**
 * The value of an `Idempotency-Key` header (draft-ietf-httpapi-idempotency-key-header). The draft writes it as a quoted
 * string, most clients send it bare: both forms name the same key.
 */
export function idempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = Array.isArray(header) ? header.join(', ') : header;
  const quoted = QUOTED.exec(text);
  const key = quoted === null ? text : quoted[1]!.replace(/\\(["\\])/g, '$1');
  if (!VISIBLE_ASCII.test(key)) {
    throw new RequestRefused(
      400,
      'macrolith.invalid-idempotency-key',
      'The Idempotency-Key header must be 1 to 255 visible ASCII characters without spaces. Send a UUID.',
    );
  }
  return key;
}
