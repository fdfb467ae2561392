import { z } from 'zod';

/** Bytes: base64 (RFC 4648 section 4, padded) on the wire, a `Uint8Array` in code. */
export const binary = () =>
  z.codec(z.base64(), z.instanceof(Uint8Array), {
    decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
    // zod also comes here before it has looked whether they are bytes.
    encode: (bytes) =>
      bytes instanceof Uint8Array
        ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
        : z.NEVER,
  });
