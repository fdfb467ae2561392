import { InvalidRequest } from '../problem/invalid-request.js';
import { RequestRefused } from '../problem/request-refused.js';
import { unsafePart } from './unsafe-json.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON request body. An empty one counts as none, since clients send the header by habit.
 *
 * @param encoding the request's Content-Encoding
 * @throws RequestRefused when it cannot be read, InvalidRequest when it holds what no module could store
 */
export function parseJsonBody(bytes: Uint8Array, encoding = 'identity'): unknown {
  if (encoding !== 'identity') {
    const message = 'This server reads no compressed request bodies. Send the JSON as it is.';
    throw new RequestRefused(415, 'macrolith.unsupported-content-encoding', message, {
      headers: { 'accept-encoding': 'identity' },
    });
  }
  if (bytes.byteLength === 0) return undefined;
  const value = parse(decode(bytes));
  const unsafe = unsafePart(value);
  if (unsafe !== undefined) throw new InvalidRequest([unsafe]);
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw malformed('its bytes are not UTF-8 text', cause);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed('its text is not valid JSON', cause);
  }
}

function malformed(reason: string, cause: unknown): RequestRefused {
  return new RequestRefused(400, 'macrolith.malformed-json', `The request body could not be read: ${reason}.`, {
    cause,
  });
}
