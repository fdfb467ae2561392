import { createHash } from 'node:crypto';

/** The URL namespace of RFC 9562, appendix C. */
const NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/**
 * The id of the task of one tick: the same for whoever places it (RFC 9562, UUID version 5), so that no crash and no second
 * process makes two tasks of one tick.
 */
export function tickId(module: string, schedule: string, tick: Date): string {
  const hash = createHash('sha1').update(NAMESPACE).update(`macrolith:${module}/${schedule}@${tick.toISOString()}`);
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
