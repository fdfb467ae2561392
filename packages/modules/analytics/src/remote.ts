/** Analytics in another process, called over a transport. */
import { RemoteModule } from '@macrolith/core';
import { analytics } from './manifest.js';

@RemoteModule(analytics)
export class AnalyticsModule {}
