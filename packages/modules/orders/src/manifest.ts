import { Catalog } from '@macrolith/catalog';
import { defineModule } from '@macrolith/core';
import { Fraud } from '@macrolith/fraud';
import { routes } from '@macrolith/http';
import { Inventory } from '@macrolith/inventory';
import { Notifications } from '@macrolith/notifications';
import { Payments } from '@macrolith/payments';
import { Orders } from './index.js';

const OrdersRoutes = routes(Orders, {
  place: 'POST /orders',
  listOrders: 'GET /orders',
  getOrder: 'GET /orders/:orderId',
  getStory: 'GET /orders/:orderId/story',
  cancel: { route: 'POST /orders/:orderId/cancel', status: 200 },
  reconcile: 'GET /reconciliation',
  mend: { route: 'POST /reconciliation/mend', status: 200 },
  fulfil: { route: 'POST /orders/:orderId/fulfil', status: 200 },
});

export const orders = defineModule(Orders, {
  owner: 'team-checkout',
  uses: [Catalog, Fraud, Inventory, Payments, Notifications],
  web: [OrdersRoutes],
  ui: new URL('../dist/ui/', import.meta.url),
});
