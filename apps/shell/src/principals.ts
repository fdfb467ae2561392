import type { PrincipalSource } from '@macrolith/core';
import { BearerPrincipals, DevelopmentPrincipals } from '@macrolith/identity';
import type { ShellConfig } from './config.js';

/**
 * Who the requests of this shell come from; `undefined` where nobody is to be known.
 *
 * @throws DevelopmentPrincipalsInProduction
 */
export function principalsOf(config: ShellConfig): PrincipalSource | undefined {
  if (config.PRINCIPALS === 'none') return undefined;
  if (config.PRINCIPALS === 'developer') return new DevelopmentPrincipals();
  return new BearerPrincipals({
    issuer: config.BEARER_ISSUER!,
    audience: config.BEARER_AUDIENCE!,
    keys: new URL(config.BEARER_KEYS_URL!),
    permissionsClaim: config.BEARER_PERMISSIONS_CLAIM,
  });
}
