import { HEADER, PROTOCOL } from './header-names.js';

/** Headers begin with it. */
export const VERSION_LINE = 'NATS/1.0\r\n';

const LINE_END = '\r\n';
const SPACE = 0x20;

/** One header as it stands on the wire. `value` is printable ASCII. */
export function headerLine(name: string, value: string): string {
  return `${name}: ${value}${LINE_END}`;
}

/** The headers that are the same in each call of one caller to one module. They come first, so that a provider knows them again. */
export function constantLines(caller: string, contract: string): string {
  return (
    headerLine(HEADER.protocol, PROTOCOL) + headerLine(HEADER.caller, caller) + headerLine(HEADER.contract, contract)
  );
}

/** Where the first header begins: after the line of the version. */
export function firstHeader(text: string): number {
  return text.indexOf(LINE_END) + LINE_END.length;
}

/**
 * Goes through the headers of a message as they stand on the wire, in one pass: names as they are written, values without the spaces
 * around them. What is no header is passed over, and an empty line ends them.
 *
 * @param start where a header begins
 */
export function eachHeader(text: string, start: number, tell: (name: string, value: string) => void): void {
  for (let at = start; at < text.length; ) {
    const end = text.indexOf(LINE_END, at);
    if (end <= at) return;
    const colon = text.indexOf(':', at);
    if (colon > at && colon < end) tell(text.slice(at, colon), valueBetween(text, colon + 1, end));
    at = end + LINE_END.length;
  }
}

/** Nearly always there is one space in front, which needs no look at the rest. */
function valueBetween(text: string, start: number, end: number): string {
  const isPlain = text[start] === ' ' && text.charCodeAt(start + 1) > SPACE && text.charCodeAt(end - 1) > SPACE;
  return isPlain ? text.slice(start + 1, end) : text.slice(start, end).trim();
}
