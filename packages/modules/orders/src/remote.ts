/** Orders in another process, called over a transport. */
import { RemoteModule } from '@macrolith/core';
import { orders } from './manifest.js';

@RemoteModule(orders)
export class OrdersModule {}
