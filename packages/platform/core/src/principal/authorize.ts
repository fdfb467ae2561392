import type { Operation } from '@macrolith/contract';
import { EVERY_PERMISSION, type Identity } from './identity.js';
import { PermissionDenied, Unauthenticated } from './refusals.js';

/**
 * Whether whoever stands behind a call may have this operation done. The HTTP rim asks before it calls a port, and the
 * provider's side of a remote binding before it calls the provider: these are the places where a request enters. A module
 * that acts on its own account may use what its manifest declares.
 *
 * @throws Unauthenticated when the operation asks for a permission, and nobody stands behind the call
 * @throws PermissionDenied when somebody does, and lacks the permission
 */
export function authorize({ id, permission }: Operation, { principal, module }: Identity): void {
  if (permission === undefined || module !== undefined) return;
  if (principal === undefined) {
    throw new Unauthenticated(
      `${id} asks for the permission '${permission}', and nobody said who wants it done. Say who you are, with a bearer token.`,
    );
  }
  const { permissions = [] } = principal;
  if (!permissions.includes(permission) && !permissions.includes(EVERY_PERMISSION)) {
    throw new PermissionDenied(id, permission);
  }
}
