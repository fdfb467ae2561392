/** Shipping in another process, called over a transport. */
import { RemoteModule } from '@macrolith/core';
import { shipping } from './manifest.js';

@RemoteModule(shipping)
export class ShippingModule {}
