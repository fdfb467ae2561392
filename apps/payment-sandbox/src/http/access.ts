import { createHash, timingSafeEqual } from 'node:crypto';

const SCHEME = 'Bearer ';

/** Whether an `Authorization` header shows the key. It takes as long for a wrong key as for the right one. */
export function isAllowed(header: string | undefined, apiKey: string): boolean {
  if (header === undefined || !header.startsWith(SCHEME)) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header.slice(SCHEME.length)), digest(apiKey));
}
