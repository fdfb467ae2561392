/** The inventory in another process, called over a transport. */
import { RemoteModule } from '@macrolith/core';
import { inventory } from './manifest.js';

@RemoteModule(inventory)
export class InventoryModule {}
