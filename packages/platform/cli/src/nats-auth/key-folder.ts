import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createUser, fromSeed } from '@nats-io/nkeys';
import { readSecret, writeSecret } from '../secret-file.js';
import { UsageError } from '../usage-error.js';

const EXTENSION = '.nk';

/** The secret keys of users of NATS (nkeys), one file each, for nobody's eyes but their owner's. Files that are there stay. */
export class KeyFolder {
  constructor(private readonly folder: string) {}

  /** The file that holds a user's key. */
  fileOf(user: string): string {
    return path.join(this.folder, `${user}${EXTENSION}`);
  }

  /**
   * The public keys of these users. Who has no key gets one.
   * @throws UsageError when a file is none of these, or others may read it; nothing was written then
   */
  publicKeys(users: readonly string[]): {
    readonly keys: ReadonlyMap<string, string>;
    readonly made: readonly string[];
  } {
    const known = users.map((user) => [user, this.read(user)] as const);
    const keys = new Map<string, string>();
    const made: string[] = [];
    for (const [user, key] of known) {
      keys.set(user, key ?? this.make(user));
      if (key === undefined) made.push(this.fileOf(user));
    }
    return { keys, made };
  }

  /** Keys of users that are not among these. */
  leftOver(users: readonly string[]): string[] {
    const files = readdirSync(this.folder).filter((name) => name.endsWith(EXTENSION));
    return files
      .filter((name) => !users.includes(path.basename(name, EXTENSION)))
      .map((name) => path.join(this.folder, name));
  }

  private read(user: string): string | undefined {
    const file = this.fileOf(user);
    const seed = readSecret(file);
    if (seed === undefined) return undefined;
    try {
      const key = fromSeed(new TextEncoder().encode(seed)).getPublicKey();
      if (key.startsWith('U')) return key;
    } catch {
      // What is in it is not repeated: it may be another secret.
    }
    throw new UsageError(`${file} holds no key of a user (a seed that begins with SU). Move it away to have one made.`);
  }

  private make(user: string): string {
    const pair = createUser();
    writeSecret(this.fileOf(user), new TextDecoder().decode(pair.getSeed()));
    return pair.getPublicKey();
  }
}
