import { createHash } from 'node:crypto';

/** Subresource Integrity, https://www.w3.org/TR/sri-2/ */
export function integrityOf(content: string | Buffer): string {
  return `sha384-${createHash('sha384').update(content).digest('base64')}`;
}
