import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs are kept that were brought once: as the XDG Base Directory Specification has it. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_CACHE_HOME: given } = environment;
  return join(given === undefined || given === '' ? join(homedir(), '.cache') : given, 'macrolith');
}
