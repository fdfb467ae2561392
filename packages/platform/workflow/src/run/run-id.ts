import { createHash, randomUUIDv7 } from 'node:crypto';
import { currentCaller, currentContext } from '@macrolith/core';

export interface RunId {
  readonly id: string;
  /** Whether the same call made again has the same id. */
  readonly isDerived: boolean;
}

/** The id of the run that the running call asks for: under an idempotency key, the same wish is the same run. */
export function runIdOf(workflow: string): RunId {
  const { idempotencyKey } = currentContext();
  if (idempotencyKey === undefined) return { id: randomUUIDv7(), isDerived: false };
  const digest = createHash('sha256')
    .update(JSON.stringify([workflow, currentCaller(), idempotencyKey]))
    .digest();
  return { id: uuidOf(digest), isDerived: true };
}

/** A UUID of version 8, whose content is its maker's own (RFC 9562, section 5.8). */
function uuidOf(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
