/** Everything but printable ASCII, and the percent sign itself. */
const TO_ENCODE = /[^\u0021-\u0024\u0026-\u007e]/u;
const EACH_TO_ENCODE = new RegExp(TO_ENCODE, 'gu');

/** A value as it may stand in a header: percent-encoded UTF-8 where it is not printable ASCII. */
export function encodedValue(value: string): string {
  return TO_ENCODE.test(value) ? value.toWellFormed().replace(EACH_TO_ENCODE, encodeURIComponent) : value;
}

/** @throws URIError when it is no percent-encoded UTF-8 */
export function decodedValue(value: string): string {
  return value.includes('%') ? decodeURIComponent(value) : value;
}
