import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { Catalog } from './index.js';

const CatalogRoutes = routes(Catalog, {
  search: 'GET /products',
  getProduct: 'GET /products/:productId',
  quote: 'GET /quotes',
  addProduct: 'POST /products',
  reprice: 'PUT /products/:productId/price',
  discontinue: { route: 'POST /products/:productId/discontinue', status: 200 },
});

export const catalog = defineModule(Catalog, {
  owner: 'team-shelf',
  web: [CatalogRoutes],
  ui: new URL('../dist/ui/', import.meta.url),
});
