import { EventsModule } from '@shop/events/nats';
import { CatalogModule } from '@shop/catalog/local';
import { OrdersModule } from '@shop/orders/local';
import { PaymentsModule } from '@shop/payments/local';
import { StockModule } from '@shop/stock/remote';

export const imports = [EventsModule, CatalogModule, OrdersModule, PaymentsModule, StockModule];
