import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { Inventory } from './index.js';

const InventoryRoutes = routes(Inventory, {
  listStock: 'GET /stock',
  getStock: 'GET /levels',
  receive: 'POST /receipts',
  reserve: 'POST /reservations',
  getReservation: 'GET /reservations/:reservationId',
  release: 'POST /reservations/:reservationId/release',
  commit: 'POST /reservations/:reservationId/commit',
});

export const inventory = defineModule(Inventory, {
  owner: 'team-warehouse',
  web: [InventoryRoutes],
  ui: new URL('../dist/ui/', import.meta.url),
});
