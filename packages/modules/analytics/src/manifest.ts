import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { Orders } from '@macrolith/orders';
import { Analytics } from './index.js';

const AnalyticsRoutes = routes(Analytics, {
  salesByDay: 'GET /sales/days',
  salesByProduct: 'GET /sales/products',
  salesByCountry: 'GET /sales/countries',
  funnel: 'GET /funnel',
  projection: 'GET /projection',
  rebuild: { route: 'POST /projection/rebuild', status: 200 },
});

export const analytics = defineModule(Analytics, {
  owner: 'team-insight',
  uses: [Orders],
  web: [AnalyticsRoutes],
  ui: new URL('../dist/ui/', import.meta.url),
});
