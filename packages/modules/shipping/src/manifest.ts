import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { Shipping } from './index.js';

// What belongs to one order (request, withdraw) has no route: it follows from what became of the order. From outside it would
// send goods that nobody took from the shelves.
const ShippingRoutes = routes(Shipping, {
  listShipments: 'GET /shipments',
  getShipment: 'GET /shipments/:shipmentId',
  dispatch: { route: 'POST /shipments/:shipmentId/dispatch', status: 200 },
  deliver: { route: 'POST /shipments/:shipmentId/deliver', status: 200 },
  refuse: { route: 'POST /shipments/:shipmentId/refuse', status: 200 },
});

export const shipping = defineModule(Shipping, {
  owner: 'team-shipping',
  web: [ShippingRoutes],
  ui: new URL('../dist/ui/', import.meta.url),
});
