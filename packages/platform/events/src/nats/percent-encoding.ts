/**
 * The percent-encoding of CloudEvents attributes in headers: space, double quote, percent, and whatever is outside of the
 * printable ASCII range (CloudEvents NATS binding, section 3.1.3.2).
 */
export function percentEncoded(value: string): string {
  return value.replace(TO_ENCODE, (character) =>
    [...ENCODER.encode(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

/**
 * Takes it back, in one round, after unescaping a double-quoted value as older publishers send it.
 * @throws TypeError where the bytes are no UTF-8
 */
export function percentDecoded(value: string): string {
  const unquoted = QUOTED.test(value) ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
  return unquoted.replace(ENCODED, (run) =>
    DECODER.decode(Uint8Array.from(run.slice(1).split('%'), (hex) => Number.parseInt(hex, 16))),
  );
}

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** With the flag `u` a surrogate pair is one character. */
const TO_ENCODE = /[^\u0021\u0023\u0024\u0026-\u007e]/gu;
const QUOTED = /^"(?:[^"\\]|\\.)*"$/;
/** A run, since the bytes of one character are one sequence of them. */
const ENCODED = /(?:%[0-9a-fA-F]{2})+/g;
