import type { MsgHdrs } from '@nats-io/transport-node';

const ENCODER = new TextEncoder();
const VERSION = 'NATS/1.0\r\n';

/** One header as it stands on the wire. `value` has no line break. */
export function headerLine(name: string, value: string): string {
  return `${name}: ${value}\r\n`;
}

/**
 * Headers whose text is there already. Most of what a call says in its headers is the same each time, so it is written once
 * and not looked up in a map per call. The client of NATS asks headers for nothing but `encode()` when it publishes (found in
 * @nats-io/nats-core 3.4.0, whose own type of headers does not show that method).
 */
export function headerBlock(lines: string): MsgHdrs {
  return new HeaderBlock(lines) as unknown as MsgHdrs;
}

class HeaderBlock {
  constructor(private readonly lines: string) {}

  encode(): Uint8Array {
    return ENCODER.encode(`${VERSION}${this.lines}\r\n`);
  }
}
