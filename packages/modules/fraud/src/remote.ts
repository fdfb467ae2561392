/** Fraud in another process, in whichever language it is written, called over a transport. */
import { RemoteModule } from '@macrolith/core';
import { fraud } from './manifest.js';

@RemoteModule(fraud)
export class FraudModule {}
