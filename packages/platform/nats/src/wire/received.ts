import type { Msg } from '@nats-io/transport-node';
import { bytesOf } from './message-bytes.js';

/** Most bytes of headers that are read. A token has at most 8 KiB, and everything else is short. */
export const MOST_HEADER_BYTES = 16_384;

const VERSION = 'NATS/1.0';
const HEAD_END = '\r\n\r\n';
/** What stands for bytes that are no UTF-8, unless it was written itself. */
const REPLACEMENT = '\uFFFD';
const BYTE_ORDER_MARK = 0xfeff;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** A message with headers, as text. */
export interface Received {
  /** As they stand on the wire, beginning with the line of the version. */
  readonly head: string;
  /** `undefined` where it is no UTF-8. */
  readonly body: string | undefined;
}

/**
 * Reads a message at once, and its headers without the client of NATS: that one throws at a name that is none, which ends the reading
 * of the whole connection where it happens in a callback, and takes a second for ten thousand of them.
 *
 * @returns `undefined` where the message has no headers, more than are read, or some of another version
 */
export function received(message: Msg): Received | undefined {
  const { _msg, _rdata } = bytesOf(message);
  const headBytes = _msg.hdr;
  if (headBytes <= 0 || headBytes > MOST_HEADER_BYTES) return undefined;
  const bytes = bufferOf(_rdata);
  const text = bytes.toString();
  if (!text.startsWith(VERSION)) return undefined;
  const isHeadAscii = text.indexOf(HEAD_END) === headBytes - HEAD_END.length;
  const isPlain = isHeadAscii && text.charCodeAt(headBytes) !== BYTE_ORDER_MARK && !text.includes(REPLACEMENT);
  return isPlain
    ? { head: text.slice(0, headBytes), body: text.slice(headBytes) }
    : { head: bytes.toString('utf8', 0, headBytes), body: strictly(bytes.subarray(headBytes)) };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function strictly(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
