import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readSecret, writeSecret } from '../secret-file.js';
import { UsageError } from '../usage-error.js';

const EXTENSION = '.jwk';

/** The public half of a key, as `PRINCIPAL_KEYS` has it (RFC 8037). */
export interface PublicJwk {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly kid: string;
}

/** The secret keys by which processes say on whose behalf they call, one file each: Ed25519, as JSON Web Keys. */
export class PrincipalKeys {
  constructor(private readonly folder: string) {}

  fileOf(name: string): string {
    return path.join(this.folder, `${name}${EXTENSION}`);
  }

  /**
   * Makes the key of this name, unless it is there.
   * @returns whether it was made
   */
  make(name: string): boolean {
    const file = this.fileOf(name);
    if (existsSync(file)) return false;
    const { crv, kty, x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    writeSecret(file, JSON.stringify({ kty, crv, x, d }));
    return true;
  }

  /**
   * The public halves of all keys of the folder, by the names of their files.
   * @throws UsageError when a file is no key, or others may read it
   */
  publicKeys(): PublicJwk[] {
    const files = readdirSync(this.folder).filter((name) => name.endsWith(EXTENSION));
    return files.sort().map((name) => publicHalf(path.join(this.folder, name)));
  }
}

/** The id is made from the key itself (RFC 7638), as the process that signs with it does. */
function publicHalf(file: string): PublicJwk {
  const secret = readSecret(file)!;
  try {
    const { kty, crv, x } = createPrivateKey({ key: JSON.parse(secret), format: 'jwk' }).export({ format: 'jwk' });
    if (crv === 'Ed25519') {
      const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
      return { kty: kty!, crv, x: x!, kid };
    }
  } catch {
    // What is in it is not repeated: it may be another secret.
  }
  throw new UsageError(`${file} holds no Ed25519 key (a JSON Web Key with kty, crv, x and d). Move it away.`);
}
