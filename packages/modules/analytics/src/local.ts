/** Analytics in this process, on PostgreSQL. */
import { LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { subscriptions } from '@macrolith/events';
import { AnalyticsService } from './analytics.service.js';
import { analytics } from './manifest.js';
import { CreateSales1795651200000 } from './migrations/1795651200000-create-sales.js';
import { SalesProjection } from './sales/sales-projection.js';

@LocalModule(analytics, {
  provider: AnalyticsService,
  features: [database({ migrations: [CreateSales1795651200000] }), subscriptions([SalesProjection])],
})
export class AnalyticsModule {}
