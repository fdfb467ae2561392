/**
 * Cuts the two directions of a PostgreSQL connection into messages.
 * Formats: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

/** One message of the protocol. */
export interface WireMessage {
  /** Its type, as in `Q` or `Z`; undefined for the messages that a connection begins with. */
  readonly type: string | undefined;
  /** The whole message as it was sent. */
  readonly bytes: Buffer;
}

const TYPED_HEADER = 5;
const UNTYPED_HEADER = 4;
const PROTOCOL_3 = 3;

/** What a client asks for before it says who it is. */
export const ENCRYPTION_REQUESTS: ReadonlySet<number> = new Set([80877103, 80877104]);

/** Collects bytes, and answers with the messages that are complete. */
export class MessageSplitter {
  private rest = Buffer.alloc(0);
  private isUntyped: boolean;

  /** @param from a client begins with messages that have no type */
  constructor(from: 'client' | 'server') {
    this.isUntyped = from === 'client';
  }

  split(chunk: Buffer): readonly WireMessage[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const messages: WireMessage[] = [];
    for (let message = this.next(); message !== undefined; message = this.next()) messages.push(message);
    return messages;
  }

  private next(): WireMessage | undefined {
    const header = this.isUntyped ? UNTYPED_HEADER : TYPED_HEADER;
    if (this.rest.length < header) return undefined;
    // The length counts itself and not the type.
    const end = this.rest.readInt32BE(header - UNTYPED_HEADER) + header - UNTYPED_HEADER;
    if (this.rest.length < end) return undefined;
    const bytes = this.rest.subarray(0, end);
    this.rest = this.rest.subarray(end);
    if (!this.isUntyped) return { type: String.fromCharCode(bytes[0]!), bytes };
    // With the start-up message, whose code is the protocol's version, messages begin to have types.
    if (requestCodeOf(bytes) >>> 16 === PROTOCOL_3) this.isUntyped = false;
    return { type: undefined, bytes };
  }
}

/** What an untyped message is for. */
export function requestCodeOf(bytes: Buffer): number {
  return bytes.length < 8 ? 0 : bytes.readInt32BE(4);
}

/** The zero-terminated texts that a message begins with. */
export function textsOf(bytes: Buffer, count: number): readonly string[] {
  const texts: string[] = [];
  let start = TYPED_HEADER;
  for (let nth = 0; nth < count; nth += 1) {
    const end = bytes.indexOf(0, start);
    texts.push(bytes.toString('utf8', start, end));
    start = end + 1;
  }
  return texts;
}
