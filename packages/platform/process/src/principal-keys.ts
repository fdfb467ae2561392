import { PlatformError, PrincipalTokens } from '@macrolith/core';
import { developmentKey, publicKeys, SignedPrincipals, SigningKey } from '@macrolith/identity';
import { type DynamicModule, Module } from '@nestjs/common';
import { z } from 'zod';

/** For processes that call others or are called: with which keys they say on whose behalf, and whom they believe. */
export const PrincipalKeysEnvironment = z.object({
  PRINCIPAL_KEY: z
    .string()
    .optional()
    .describe(
      'The private key by which this process says to others on whose behalf it calls: an Ed25519 JSON Web Key. A secret. Not set: a key that everybody knows, and none in production.',
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
  /** Without a key in production, nothing is provided: a call on somebody's behalf is then refused with a sentence that says so. */
  static forRoot({ system = 'macrolith', issuer, config }: PrincipalKeys): DynamicModule {
    const isKeyless = config.PRINCIPAL_KEY === undefined && process.env.NODE_ENV === 'production';
    if (isKeyless) return { module: PrincipalTokensModule };
    return {
      module: PrincipalTokensModule,
      global: true,
      providers: [{ provide: PrincipalTokens, useFactory: () => tokensOf(system, issuer, config) }],
      exports: [PrincipalTokens],
    };
  }
}

async function tokensOf(system: string, issuer: string, config: PrincipalKeys['config']): Promise<PrincipalTokens> {
  const { PRINCIPAL_KEY: own, PRINCIPAL_KEYS: believed } = config;
  const key = own === undefined ? await developmentKey() : await SigningKey.read(parsed('PRINCIPAL_KEY', own));
  const keys = believed === undefined ? undefined : publicKeys(parsed('PRINCIPAL_KEYS', believed));
  return new SignedPrincipals({ system, issuer, key, keys });
}

function parsed(variable: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableKey(variable);
  }
}
