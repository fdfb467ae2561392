import type { IdentifiableRequest } from '@macrolith/core';
import { PrincipalRefused } from '../principal-refused.js';

const BEARER = /^bearer(?: |$)/i;
const CREDENTIALS = /^bearer +([\w.~+/-]+=*)$/i;

/**
 * The token of the `Authorization` header (RFC 6750, section 2.1); `undefined` where there is none, or credentials of
 * another scheme, which are for somebody else.
 *
 * @throws PrincipalRefused when the header is not written as it should be
 */
export function bearerToken({ headers }: IdentifiableRequest): string | undefined {
  const { authorization } = headers;
  if (typeof authorization !== 'string' || !BEARER.test(authorization)) return undefined;
  const token = CREDENTIALS.exec(authorization)?.[1];
  if (token === undefined) throw new PrincipalRefused('malformed');
  return token;
}
