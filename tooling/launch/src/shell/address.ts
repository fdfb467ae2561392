import { isPortFree } from '@macrolith/local-services';
import { Refusal } from '../command/refusal.ts';

/** Where the shell shall listen. Port 0 means any free one. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 3000;

/** Reads HOST and PORT as the shell does, so that a mistake is noticed before the long work. */
export function addressFrom(environment: Readonly<Record<string, string | undefined>>): Address {
  const host = environment.HOST || '127.0.0.1';
  const given = environment.PORT || `${DEFAULT_PORT}`;
  const port = Number(given);
  if (/^\d+$/.test(given) && port <= 65_535) return { host, port };
  throw new Refusal(
    `PORT is "${given}", which is not a port: set it to a number from 1 to 65535, or to 0 for any free port.`,
  );
}

/** Refuses an address that cannot be listened on. */
export async function verifyFree({ host, port }: Address): Promise<void> {
  if (port === 0) return;
  const free = await isPortFree(port, host).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(
      `Nothing can listen on ${host}:${port} (${error.code ?? error.message}); set HOST and PORT to an address of this machine.`,
    );
  });
  if (free) return;
  throw new Refusal(
    `Port ${port} on ${host} is taken by another program; stop that one, or choose another port: PORT=${port + 1} npx pnpm@12 start`,
  );
}

/** The address that a person on this machine can click, for the one that the shell listens on. */
export function clickable(url: string): string {
  const address = new URL(url);
  if (address.hostname === '0.0.0.0') address.hostname = '127.0.0.1';
  if (address.hostname === '[::]') address.hostname = '[::1]';
  return address.origin;
}
