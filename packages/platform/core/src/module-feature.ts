import type { EventType } from '@macrolith/contract';
import type { Provider } from '@nestjs/common';
import type { Manifest } from './manifest.js';

/**
 * What a platform package adds to a module without core knowing it, e.g. `database({ entities, migrations })`.
 * A package that needs the features of all modules finds them in `InstalledModules`, by `instanceof` of its own class.
 */
export interface ModuleFeature {
  readonly name: string;
  /** The events that the module hears through this feature. Those that it declared itself are held to their publishers. */
  readonly hears?: readonly EventType[];
  /** The oldest version of an event in `hears` that the module can also read. Default: the version that it declared. */
  oldestRead?(event: EventType): number;
  /** Providers inside the module's own Nest scope. */
  providers(manifest: Manifest): Provider[];
}
