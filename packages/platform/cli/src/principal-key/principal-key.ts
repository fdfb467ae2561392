import type { Streams } from '../commands/streams.js';
import { PrincipalKeys } from './principal-keys.js';

export interface PrincipalKeyOptions {
  readonly keys: string;
}

/** Makes a key where it is missing, and writes the public halves of all of them, which are what `PRINCIPAL_KEYS` is to be. */
export function principalKey(name: string, { keys: folder }: PrincipalKeyOptions, { out, err }: Streams): void {
  const keys = new PrincipalKeys(folder);
  if (keys.make(name)) err.write(`made the key ${keys.fileOf(name)}\n`);
  out.write(`${JSON.stringify({ keys: keys.publicKeys() })}\n`);
}
