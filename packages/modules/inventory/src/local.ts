/** The inventory in this process, on PostgreSQL. */
import { LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { outbox, subscriptions } from '@macrolith/events';
import { OrderStock } from './fulfilment/order-stock.js';
import { InventoryService } from './inventory.service.js';
import { inventory } from './manifest.js';
import { CreateStock1764547200000 } from './migrations/1764547200000-create-stock.js';
import { MovementRow } from './movement.entity.js';
import { ReservationLineRow, ReservationRow } from './reservation.entity.js';
import { StockRow } from './stock.entity.js';

@LocalModule(inventory, {
  provider: InventoryService,
  features: [
    database({
      entities: [StockRow, MovementRow, ReservationRow, ReservationLineRow],
      migrations: [CreateStock1764547200000],
    }),
    outbox(),
    subscriptions([OrderStock]),
  ],
})
export class InventoryModule {}
