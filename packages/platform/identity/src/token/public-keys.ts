import { z } from '@macrolith/contract';
import { PlatformError } from '@macrolith/core';

/** A key, or a set of them, that tokens cannot be signed or verified with. Its message never holds a part of a key. */
export class InvalidKey extends PlatformError {
  readonly code = 'macrolith.invalid-key';
}

const PublicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  /** The public key, in base64url. */
  x: z.string().min(1),
  /** Names the key: a token says by it which one it is signed with. */
  kid: z.string().min(1),
});

/** The public half of a signing key, as a JSON Web Key (RFC 8037). */
export type PublicKey = z.output<typeof PublicKey>;

/** Whom a process believes: a JSON Web Key Set (RFC 7517). */
export interface PublicKeys {
  readonly keys: readonly PublicKey[];
}

/**
 * Reads a key set, such as that of an environment variable.
 *
 * @throws InvalidKey when it is none, names a key twice, or holds a private key
 */
export function publicKeys(given: unknown): PublicKeys {
  const keys = z.object({ keys: z.array(z.looseObject({})).min(1) }).safeParse(given).data?.keys;
  if (keys === undefined) throw new InvalidKey('There is no key set. Write {"keys":[…]} with at least one public key.');
  if (keys.some((key) => 'd' in key)) {
    throw new InvalidKey(
      'The key set holds a private key, which only its owner may have. Write its public half there.',
    );
  }
  const read = keys.map((key) => PublicKey.safeParse(key).data);
  if (!read.every((key) => key !== undefined)) {
    throw new InvalidKey(
      'The key set holds what is no Ed25519 public key with a key id (kty, crv, x, kid). Take it out.',
    );
  }
  if (new Set(read.map(({ kid }) => kid)).size !== read.length) {
    throw new InvalidKey('The key set has two keys of one id. Give each its own.');
  }
  return { keys: read };
}
