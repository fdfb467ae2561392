import { z } from '@macrolith/contract';
import type { Identity, Principal } from '@macrolith/core';

/** Tells these tokens from all others that somebody may sign with the same key (RFC 8725, section 3.11). */
export const TOKEN_TYPE = 'macrolith-principal+jwt';

/** The only algorithm: Ed25519 (RFC 8037). What a token says of itself is compared with it, never followed. */
export const ALGORITHM = 'EdDSA';

/** Longest life of a token, in seconds: for so long whoever steals one can use it. */
export const LONGEST_LIFE_S = 60;

const Claims = z.object({
  /** The id of a principal, or the name of a module. */
  sub: z.string().min(1),
  /** On whose account: a principal's, or the module's own. */
  kind: z.enum(['principal', 'module']),
  roles: z.array(z.string()).optional(),
  permissions: z.array(z.string()).optional(),
  tenant: z.string().optional(),
  iat: z.number(),
  exp: z.number(),
  jti: z.string().min(1),
});

export type Claims = z.output<typeof Claims>;

/** What a token says of an identity, beside who issued it for how long; `undefined` when there is nobody to speak of. */
export function claimsOf({ principal, module, tenant }: Identity): Pick<Claims, 'sub' | 'kind'> | undefined {
  const rest = tenant === undefined ? {} : { tenant };
  if (module !== undefined) return { sub: module, kind: 'module', ...rest };
  if (principal === undefined) return undefined;
  const { id, roles, permissions } = principal;
  return { sub: id, kind: 'principal', ...(roles && { roles }), ...(permissions && { permissions }), ...rest };
}

/** The claims of a token whose signature holds; `undefined` when they are not those of such a token. */
export function readClaims(payload: unknown): Claims | undefined {
  return Claims.safeParse(payload).data;
}

export function identityOf({ sub, kind, roles, permissions, tenant }: Claims): Identity {
  const rest = tenant === undefined ? {} : { tenant };
  if (kind === 'module') return Object.freeze({ module: sub, ...rest });
  const principal: Principal = { id: sub, ...(roles && { roles }), ...(permissions && { permissions }) };
  return Object.freeze({ principal: Object.freeze(principal), ...rest });
}
