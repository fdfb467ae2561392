import { EventsModule } from '@shop/events/local';
import { CatalogModule } from '@shop/catalog/local';
import { OrdersModule } from '@shop/orders/local';
import { PaymentsModule } from '@shop/payments/local';
import { ShopModule } from '@shop/shop/local';

export const imports = [EventsModule, CatalogModule, OrdersModule, PaymentsModule, ShopModule];
