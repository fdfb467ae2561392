/** The catalog in another process, called over a transport. */
import { RemoteModule } from '@macrolith/core';
import { catalog } from './manifest.js';

@RemoteModule(catalog)
export class CatalogModule {}
