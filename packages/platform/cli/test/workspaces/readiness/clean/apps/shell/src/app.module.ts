import * as local from '@shop/events/local';
import * as nats from '@shop/events/nats';
import { CatalogModule } from '@shop/catalog/local';
import { OrdersModule } from '@shop/orders/local';
import { PaymentsModule } from '@shop/payments/local';
import { StockModule } from '@shop/stock/remote';

const { EventsModule } = process.env.NATS_URL === undefined ? local : nats;

export const imports = [EventsModule, CatalogModule, OrdersModule, PaymentsModule, StockModule];
