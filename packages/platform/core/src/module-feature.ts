import type { Provider } from '@nestjs/common';
import type { Manifest } from './manifest.js';

/**
 * What a platform package adds to a module without core knowing it, e.g. `database({ entities, migrations })`.
 * A package that needs the features of all modules finds them in `InstalledModules`, by `instanceof` of its own class.
 */
export interface ModuleFeature {
  readonly name: string;
  /** Providers inside the module's own Nest scope. */
  providers(manifest: Manifest): Provider[];
}
