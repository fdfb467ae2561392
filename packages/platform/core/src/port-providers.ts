import type { AnyPort } from '@macrolith/contract';
import type { Provider } from '@nestjs/common';
import type { Manifest } from './manifest.js';
import { PlatformError } from './platform-error.js';
import { PortRegistry } from './port-registry.js';

/** A module was composed into an application that has no platform. */
export class PlatformNotInstalled extends PlatformError {
  readonly code = 'macrolith.platform-not-installed';
  constructor(readonly module: string) {
    super(`The module '${module}' needs the platform. Add MacrolithModule.forRoot() to the shell's imports.`);
  }
}

/** How providers of a module ask for the registry: it may be missing, and then the module says so itself. */
export const REGISTRY = { token: PortRegistry, optional: true };

/** The port as the module of `manifest` sees it, under the port's own token. */
export function consume(manifest: Manifest, port: AnyPort): Provider {
  return {
    provide: port,
    inject: [REGISTRY],
    useFactory: (registry: PortRegistry | undefined) => installed(registry, manifest).use(port, manifest.name),
  };
}

/** @throws PlatformNotInstalled */
export function installed(registry: PortRegistry | undefined, manifest: Manifest): PortRegistry {
  if (registry === undefined) throw new PlatformNotInstalled(manifest.name);
  return registry;
}
