import { CatalogModule } from '@shop/catalog/local';
import { OrdersModule } from '@shop/orders/remote';

export const imports = [CatalogModule, OrdersModule];
