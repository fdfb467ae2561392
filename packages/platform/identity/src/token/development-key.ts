import { createHash, createPrivateKey } from 'node:crypto';
import { PlatformError } from '@macrolith/core';
import { SigningKey } from './signing-key.js';

/** The key that everybody knows was about to be used where strangers may come by. */
export class DevelopmentKeyInProduction extends PlatformError {
  readonly code = 'macrolith.development-key-in-production';
  constructor() {
    super(
      'NODE_ENV is production, and principals would be signed for with the key that everybody knows. ' +
        'Set PRINCIPAL_KEY to a key of this process, and PRINCIPAL_KEYS to the public keys of those that it believes.',
    );
  }
}

/** RFC 8410: an Ed25519 private key of 32 bytes in PKCS #8. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The key of all processes on a developer's machine, the same in each of them: made from a sentence that everybody can read
 * here, so it proves nothing.
 *
 * @throws DevelopmentKeyInProduction
 */
export async function developmentKey(): Promise<SigningKey> {
  if (process.env.NODE_ENV === 'production') throw new DevelopmentKeyInProduction();
  const seed = createHash('sha256').update('macrolith: this key is no secret').digest();
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  return SigningKey.read(key.export({ format: 'jwk' }));
}
