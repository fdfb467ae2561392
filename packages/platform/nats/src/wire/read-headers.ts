import type { Msg } from '@nats-io/transport-node';

/** Most bytes of headers that are read. A token has at most 8 KiB, and everything else is short. */
export const MOST_HEADER_BYTES = 16_384;

/** The headers of a message, the first value of each, and the number that NATS itself answers with, such as 503. */
export interface ReceivedHeaders {
  readonly code: number | undefined;
  readonly values: ReadonlyMap<string, string>;
}

const VERSION = 'NATS/1.0';
const LINE_END = '\r\n';
const SPACE = 0x20;
const NONE: ReceivedHeaders = { code: undefined, values: new Map() };

/**
 * Reads headers in one pass; `undefined` where they are larger than any of this protocol, or no headers. Those of the client of NATS
 * throw at a name that is none, which ends the reading of the whole connection where it happens in a callback, and take a second
 * for ten thousand of them. The bytes are not part of what the client promises (found in @nats-io/nats-core 3.4.0).
 */
export function readHeaders(message: Msg): ReceivedHeaders | undefined {
  const bytes = headerBytes(message);
  if (bytes.length === 0) return NONE;
  if (bytes.length > MOST_HEADER_BYTES) return undefined;
  const text = bytes.toString();
  return text.startsWith(VERSION) ? readLines(text) : undefined;
}

/** Whether the headers of `message` are these, to the last letter. */
export function hasHeaders(message: Msg, block: Uint8Array): boolean {
  return headerBytes(message).equals(block);
}

function headerBytes(message: Msg): Buffer {
  const { _msg, _rdata } = message as unknown as { _msg: { hdr: number }; _rdata: Uint8Array };
  return Buffer.from(_rdata.buffer, _rdata.byteOffset, Math.max(0, _msg.hdr));
}

function readLines(text: string): ReceivedHeaders {
  const values = new Map<string, string>();
  const first = text.indexOf(LINE_END);
  const code = first === VERSION.length ? Number.NaN : Number.parseInt(text.slice(VERSION.length, first), 10);
  for (let at = first + LINE_END.length; at < text.length; ) {
    const end = text.indexOf(LINE_END, at);
    // An empty line ends the headers.
    if (end <= at) break;
    const colon = text.indexOf(':', at);
    if (colon > at && colon < end) {
      const name = text.slice(at, colon);
      if (!values.has(name)) values.set(name, valueBetween(text, colon + 1, end));
    }
    at = end + LINE_END.length;
  }
  return { code: Number.isNaN(code) ? undefined : code, values };
}

/** Without the spaces around it. Nearly always there is one in front, which needs no look at the rest. */
function valueBetween(text: string, start: number, end: number): string {
  const isPlain = text[start] === ' ' && text.charCodeAt(start + 1) > SPACE && text.charCodeAt(end - 1) > SPACE;
  return isPlain ? text.slice(start + 1, end) : text.slice(start, end).trim();
}
