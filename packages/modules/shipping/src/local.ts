/** Shipping in this process, on PostgreSQL. */
import { LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { outbox, subscriptions } from '@macrolith/events';
import { shipping } from './manifest.js';
import { CreateShipment1795667251241 } from './migrations/1795667251241-create-shipment.js';
import { OrderGoods } from './order-goods.js';
import { ShipmentRow } from './shipment.entity.js';
import { ShippingService } from './shipping.service.js';

@LocalModule(shipping, {
  provider: ShippingService,
  features: [
    database({ entities: [ShipmentRow], migrations: [CreateShipment1795667251241] }),
    outbox(),
    subscriptions([OrderGoods]),
  ],
})
export class ShippingModule {}
