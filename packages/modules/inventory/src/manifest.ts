import { defineModule } from '@macrolith/core';
import { routes } from '@macrolith/http';
import { Inventory } from './index.js';

// What keeps stock for one order (reserve, release, commit) has no route: only the workflow that owns the order may call it.
// From outside it would take the reservation to a state that the order knows nothing of and cannot leave.
const InventoryRoutes = routes(Inventory, {
  listStock: 'GET /stock',
  getStock: 'GET /levels',
  receive: 'POST /receipts',
  getReservation: 'GET /reservations/:reservationId',
});

export const inventory = defineModule(Inventory, {
  owner: 'team-warehouse',
  web: [InventoryRoutes],
  ui: new URL('../dist/ui/', import.meta.url),
});
