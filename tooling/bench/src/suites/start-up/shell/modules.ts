import { AnalyticsModule } from '@macrolith/analytics/local';
import { CatalogModule } from '@macrolith/catalog/local';
import { FraudModule } from '@macrolith/fraud/local';
import { InventoryModule } from '@macrolith/inventory/local';
import { NotificationsModule } from '@macrolith/notifications/local';
import { OrdersModule } from '@macrolith/orders/local';
import { PaymentsModule } from '@macrolith/payments/local';
import { ShippingModule } from '@macrolith/shipping/local';
import type { Type } from '@nestjs/common';

/** The modules of apps/shell. */
export const SHELL_MODULES: readonly Type[] = [
  CatalogModule,
  FraudModule,
  InventoryModule,
  PaymentsModule,
  NotificationsModule,
  OrdersModule,
  ShippingModule,
  AnalyticsModule,
];
