/** Payments in another process, called over a transport. */
import { RemoteModule } from '@macrolith/core';
import { payments } from './manifest.js';

@RemoteModule(payments)
export class PaymentsModule {}
