import type { Msg } from '@nats-io/transport-node';
import { headerBlock, headerLine } from './header-block.js';
import { HEADER } from './header-names.js';
import { hasHeaders } from './read-headers.js';

/** The headers of an answer that is a result: they are always the same. */
export const OK_HEADERS = headerBlock(headerLine(HEADER.status, 'ok'));

const OK_BYTES = OK_HEADERS.encode();

/** Whether an answer is a result, told without reading its headers. `false` says nothing: look at them then. */
export function isPlainlyOk(message: Msg): boolean {
  return hasHeaders(message, OK_BYTES);
}
