import type { Msg } from '@nats-io/transport-node';

/** What the client of NATS keeps of a message (found in @nats-io/nats-core 3.4.0): where its headers end, and all of its bytes. */
interface Kept {
  readonly _msg?: { readonly hdr?: number };
  readonly _rdata?: Uint8Array;
}

const LINE_END = '\r\n';

/**
 * The first value of each header. They are read from the bytes as they came, in one go: the client's own way makes an object
 * with a list for each name, which costs a call more than its arguments do.
 */
export function readHeaders(message: Msg): ReadonlyMap<string, string> {
  const bytes = headerBytes(message);
  return bytes === undefined ? asTheClientReads(message) : linesOf(bytes.toString());
}

/** Whether the headers of `message` are just these. `false` also where that cannot be told. */
export function hasJustTheseHeaders(message: Msg, block: Uint8Array): boolean {
  return headerBytes(message)?.equals(block) ?? false;
}

function headerBytes(message: Msg): Buffer | undefined {
  const { _msg: kept, _rdata: bytes } = message as unknown as Kept;
  if (kept?.hdr === undefined || kept.hdr < 0 || bytes === undefined) return undefined;
  return Buffer.from(bytes.buffer, bytes.byteOffset, kept.hdr);
}

function linesOf(text: string): ReadonlyMap<string, string> {
  const read = new Map<string, string>();
  let start = text.indexOf(LINE_END) + LINE_END.length;
  for (let end = text.indexOf(LINE_END, start); end > start; end = text.indexOf(LINE_END, start)) {
    const colon = text.indexOf(':', start);
    if (colon !== -1 && colon < end) {
      const name = text.slice(start, colon);
      if (!read.has(name)) read.set(name, text.slice(colon + 1, end).trim());
    }
    start = end + LINE_END.length;
  }
  return read;
}

function asTheClientReads({ headers }: Msg): ReadonlyMap<string, string> {
  const read = new Map<string, string>();
  if (headers === undefined) return read;
  for (const [name, values] of headers) read.set(name, values[0]!);
  return read;
}
