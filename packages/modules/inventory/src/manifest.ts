import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { Inventory } from './index.js';

const InventoryRoutes = routes(Inventory, {
  listStock: 'GET /stock',
  getStock: 'GET /levels',
  receive: 'POST /receipts',
  reserve: 'POST /reservations',
  getReservation: 'GET /reservations/:reservationId',
  release: { route: 'POST /reservations/:reservationId/release', status: 200 },
  commit: { route: 'POST /reservations/:reservationId/commit', status: 200 },
});

export const inventory = defineModule(Inventory, {
  owner: 'team-warehouse',
  web: [InventoryRoutes],
  ui: new URL('../dist/ui/', import.meta.url),
});
