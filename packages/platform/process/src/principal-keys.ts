import { PlatformError, PrincipalTokens } from '@macrolith/core';
import { BelievedPrincipals, developmentKey, publicKeys, SignedPrincipals, SigningKey } from '@macrolith/identity';
import { type DynamicModule, Injectable, Logger, Module, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';

/** For processes that call others or are called: with which keys they say on whose behalf, and whom they believe. */
export const PrincipalKeysEnvironment = z.object({
  PRINCIPAL_KEY: z
    .string()
    .optional()
    .describe(
      'The private key by which this process says to others on whose behalf it calls: an Ed25519 JSON Web Key. A secret. Not set: a key that everybody knows, and none in production: the process is then called on behalf of others, and does not call so itself.',
    ),
  PRINCIPAL_KEYS: z
    .string()
    .optional()
    .describe(
      'Whom this process believes that says on whose behalf it calls: the public keys as a JSON Web Key Set. Not set: whoever has the same key.',
    ),
});

/** A key in the environment is no JSON. Its message never holds a part of it. */
export class UnreadableKey extends PlatformError {
  readonly code = 'macrolith.unreadable-key';
  constructor(readonly variable: string) {
    super(`${variable} is no JSON. Set it to a JSON Web Key (RFC 7517), as one line.`);
  }
}

export interface PrincipalKeys {
  /** What this product is called: tokens are for one system. */
  readonly system?: string;
  /** Which process signs, such as `shell`. */
  readonly issuer: string;
  readonly config: z.output<typeof PrincipalKeysEnvironment>;
}

/** Lets a process vouch for principals towards others, with the keys of its environment. Global. */
@Module({})
export class PrincipalTokensModule {
  /**
   * In production, a process without a key of its own believes others and vouches for nobody. With no keys at all nothing is provided: a
   * call on somebody's behalf is then refused with a sentence that says so, in either direction.
   */
  static forRoot({ system = 'macrolith', issuer, config }: PrincipalKeys): DynamicModule {
    const { PRINCIPAL_KEY: own, PRINCIPAL_KEYS: believed } = config;
    const isKeyless = own === undefined && believed === undefined && process.env.NODE_ENV === 'production';
    if (isKeyless) return { module: PrincipalTokensModule, providers: [KeylessWarning] };
    return {
      module: PrincipalTokensModule,
      global: true,
      providers: [{ provide: PrincipalTokens, useFactory: () => tokensOf(system, issuer, config) }],
      exports: [PrincipalTokens],
    };
  }
}

/** Tells once, when the process starts, that calls on somebody's behalf are refused here. */
@Injectable()
class KeylessWarning implements OnModuleInit {
  onModuleInit(): void {
    new Logger('PrincipalTokens').warn(
      'Neither PRINCIPAL_KEY nor PRINCIPAL_KEYS is set, so this process neither calls others on behalf of anybody, nor is called so. Set PRINCIPAL_KEYS where it is called, and PRINCIPAL_KEY as well where it calls; macro principal-key makes both.',
    );
  }
}

async function tokensOf(system: string, issuer: string, config: PrincipalKeys['config']): Promise<PrincipalTokens> {
  const { PRINCIPAL_KEY: own, PRINCIPAL_KEYS: believed } = config;
  const keys = believed === undefined ? undefined : publicKeys(parsed('PRINCIPAL_KEYS', believed));
  if (own === undefined && keys !== undefined && process.env.NODE_ENV === 'production')
    return new BelievedPrincipals({ system, keys });
  const key = own === undefined ? await developmentKey() : await SigningKey.read(parsed('PRINCIPAL_KEY', own));
  return new SignedPrincipals({ system, issuer, key, keys });
}

function parsed(variable: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableKey(variable);
  }
}
