import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { ALGORITHM } from './claims.js';
import { InvalidKey, type PublicKey, publicKeys } from './public-keys.js';

/** The private key by which a process says on whose behalf it calls. Its id is made from the key itself (RFC 7638). */
export class SigningKey {
  private constructor(
    readonly publicKey: PublicKey,
    readonly privateKey: CryptoKey,
    private readonly jwk: JWK,
  ) {}

  /** A new key, which lives no longer than the process unless somebody keeps `secret()`. */
  static async generate(): Promise<SigningKey> {
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    return SigningKey.read(await exportJWK(privateKey));
  }

  /**
   * Reads a private key, as `secret()` wrote it.
   *
   * @throws InvalidKey
   */
  static async read(jwk: unknown): Promise<SigningKey> {
    const { kty, crv, x, d } = (typeof jwk === 'object' && jwk !== null ? jwk : {}) as JWK;
    if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined || d === undefined) {
      throw new InvalidKey('That is no private Ed25519 key (a JSON Web Key with kty, crv, x and d). Make a new one.');
    }
    const kid = await calculateJwkThumbprint({ kty, crv, x });
    try {
      const privateKey = (await importJWK({ kty, crv, x, d }, ALGORITHM)) as CryptoKey;
      const [publicKey] = publicKeys({ keys: [{ kty, crv, x, kid }] }).keys;
      return new SigningKey(publicKey!, privateKey, { kty, crv, x, d });
    } catch {
      throw new InvalidKey('The two halves of the private key do not fit each other. Make a new one.');
    }
  }

  /** The private key as a JSON Web Key, to be kept where secrets are. */
  secret(): JWK {
    return { ...this.jwk };
  }
}
