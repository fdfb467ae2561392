import { PlatformError } from '@macrolith/core';
import { InvalidConfig } from './environment.js';

/** The variables that say where a process listens. */
export interface AddressVariables {
  readonly host: string;
  readonly port: string;
}

/** Why a process did not start: one sentence where the cause is known, the whole error where it is not. */
export function describeStartFailure(
  error: unknown,
  variables: AddressVariables = { host: 'HOST', port: 'PORT' },
): string {
  if (error instanceof InvalidConfig || error instanceof PlatformError) return error.message;
  const { code, port, address } = error as { code?: string; port?: number; address?: string };
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${address} is taken. Stop what listens there, or set ${variables.port} to another.`;
  if (code === 'EACCES')
    return `Port ${port} of ${address} may not be used by this account. Set ${variables.port} to one above 1023.`;
  if (code === 'EADDRNOTAVAIL')
    return `The address ${address} is none of this machine's. Set ${variables.host} to 127.0.0.1 or another local address.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
