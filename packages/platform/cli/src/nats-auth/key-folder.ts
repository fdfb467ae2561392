import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createUser, fromSeed } from '@nats-io/nkeys';
import { UsageError } from '../usage-error.js';

const EXTENSION = '.nk';
const OTHERS = 0o077;

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
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if ((stats.mode & OTHERS) !== 0) {
      throw new UsageError(`${file} is a secret that other accounts may read. Take that from them: chmod 600 ${file}`);
    }
    const seed = readFileSync(file);
    try {
      const key = fromSeed(new TextEncoder().encode(seed.toString('utf8').trim())).getPublicKey();
      if (key.startsWith('U')) return key;
    } catch {
      // What is in it is not repeated: it may be another secret.
    }
    throw new UsageError(`${file} holds no key of a user (a seed that begins with SU). Move it away to have one made.`);
  }

  private make(user: string): string {
    const pair = createUser();
    if (mkdirSync(this.folder, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(this.folder, 0o700);
    // `wx`: a file that somebody else made meanwhile is not lost.
    writeFileSync(this.fileOf(user), `${new TextDecoder().decode(pair.getSeed())}\n`, { flag: 'wx', mode: 0o600 });
    return pair.getPublicKey();
  }
}
