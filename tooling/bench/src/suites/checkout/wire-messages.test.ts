import { describe, expect, it } from '@jest/globals';
import { WireMessages } from './wire-messages.js';

const STARTUP = Buffer.from([0, 0, 0, 9, 1, 2, 3, 4, 5]);
const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);
const QUERY = Buffer.from([0x51, 0, 0, 0, 7, 0x42, 0x43, 0]);

describe('messages on the wire', () => {
  it('are told by their first byte, and the client’s first one by its place', () => {
    const messages = new WireMessages(true);
    expect(messages.push(Buffer.concat([STARTUP, QUERY, SYNC]))).toEqual(['startup', 'Q', 'S']);
  });

  it('are put together however TCP cuts them', () => {
    const messages = new WireMessages(true);
    const stream = Buffer.concat([STARTUP, QUERY, SYNC, QUERY]);
    const types = [...stream].flatMap((byte) => messages.push(Buffer.from([byte])));
    expect(types).toEqual(['startup', 'Q', 'S', 'Q']);
  });
});
