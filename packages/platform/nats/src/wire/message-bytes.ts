import type { Msg } from '@nats-io/transport-node';

/**
 * A message as the client of NATS holds it, before it makes text and headers of it. Not part of what that client promises: found in
 * @nats-io/nats-core 3.4.0, and held by the tests of this package.
 */
export interface MessageBytes {
  readonly _msg: {
    readonly subject: Uint8Array;
    /** How many of the bytes are headers; -1 where there are none. */
    readonly hdr: number;
  };
  /** Headers, then the body. */
  readonly _rdata: Uint8Array;
}

export function bytesOf(message: Msg): MessageBytes {
  return message as unknown as MessageBytes;
}

/** Whether there are headers at all. */
export function hasHeaders(message: Msg): boolean {
  return bytesOf(message)._msg.hdr > 0;
}

const ZERO = 0x30;

/** The decimal number that a subject has from `start` on; `undefined` where there is none. */
export function numberInSubject(message: Msg, start: number): number | undefined {
  const { subject } = bytesOf(message)._msg;
  let number = subject.length > start ? 0 : undefined;
  for (let at = start; at < subject.length; at += 1) {
    const digit = subject[at]! - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    number = number! * 10 + digit;
  }
  return number;
}
