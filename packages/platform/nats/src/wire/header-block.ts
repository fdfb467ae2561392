import type { MsgHdrs } from '@nats-io/transport-node';
import { HEADER, PROTOCOL } from './header-names.js';

/** Headers begin with it. */
export const VERSION_LINE = 'NATS/1.0\r\n';

/** One header as it stands on the wire. `value` is printable ASCII. */
export function headerLine(name: string, value: string): string {
  return `${name}: ${value}\r\n`;
}

/** The headers that are the same in each call of one caller to one module. They come first, so that a provider knows them again. */
export function constantLines(caller: string, contract: string): string {
  return (
    headerLine(HEADER.protocol, PROTOCOL) + headerLine(HEADER.caller, caller) + headerLine(HEADER.contract, contract)
  );
}

/**
 * Headers whose text is there already. Most of what a call says in its headers is the same each time, so it is written once
 * and not looked up in a map per call. The client of NATS asks headers for nothing but `encode()` when it publishes (found in
 * @nats-io/nats-core 3.4.0, whose own type of headers does not show that method).
 */
export function headerBlock(lines: string): HeaderBlock {
  const bytes = Buffer.from(`${VERSION_LINE}${lines}\r\n`, 'latin1');
  return { encode: () => bytes } as unknown as HeaderBlock;
}

export type HeaderBlock = MsgHdrs & { encode(): Uint8Array };
