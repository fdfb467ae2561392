/** The modules of this shell. Adding one, and choosing how it is bound, is one line here. */
export { AnalyticsModule } from '@macrolith/analytics/local';
export { CatalogModule } from '@macrolith/catalog/local';
export { FraudModule } from '@macrolith/fraud/local';
export { InventoryModule } from '@macrolith/inventory/local';
export { NotificationsModule } from '@macrolith/notifications/local';
export { OrdersModule } from '@macrolith/orders/local';
export { PaymentsModule } from '@macrolith/payments/local';
export { ShippingModule } from '@macrolith/shipping/local';
