import { Catalog } from '@macrolith/catalog';
import { CatalogModule } from '@macrolith/catalog/local';
import { FraudModule } from '@macrolith/fraud/local';
import { Inventory } from '@macrolith/inventory';
import { InventoryModule } from '@macrolith/inventory/local';
import { createTestDatabase } from '@macrolith/local-services';
import { Notifications } from '@macrolith/notifications';
import { NotificationsModule } from '@macrolith/notifications/local';
import { Orders } from '@macrolith/orders';
import { OrdersModule } from '@macrolith/orders/local';
import { Payments } from '@macrolith/payments';
import { PaymentsModule } from '@macrolith/payments/local';
import { Shipping } from '@macrolith/shipping';
import { ShippingModule } from '@macrolith/shipping/local';
import { type BootModuleOptions, bootModule, type RunningModules } from '@macrolith/testing';
import type { Type } from '@nestjs/common';
import pg from 'pg';
import { startElsewhere } from './elsewhere.js';

/** The modules as the shell composes them, without HTTP. */
export interface Shop {
  readonly modules: RunningModules;
  readonly catalog: Catalog;
  readonly inventory: Inventory;
  readonly payments: Payments;
  readonly notifications: Notifications;
  readonly orders: Orders;
  readonly shipping: Shipping;
  /** Looks past the walls between the modules. */
  readonly administrator: pg.Pool;
  close(): Promise<void>;
}

const MODULES = [
  CatalogModule,
  FraudModule,
  InventoryModule,
  PaymentsModule,
  NotificationsModule,
  OrdersModule,
  ShippingModule,
];

/** @param further modules beside those of the shop */
export async function openShop(options: BootModuleOptions = {}, further: readonly Type[] = []): Promise<Shop> {
  const database = await createTestDatabase();
  const elsewhere = await startElsewhere(database.url);
  const imports = [...(options.imports ?? []), ...elsewhere.imports];
  const { natsUrl } = elsewhere;
  const modules = await bootModule([...MODULES, ...further], {
    ...options,
    databaseUrl: database.url,
    imports,
    natsUrl,
  });
  await elsewhere.mayCall(modules.app);
  const administrator = new pg.Pool({ connectionString: modules.databaseUrl, max: 4 });
  return {
    modules,
    catalog: modules.port(Catalog),
    inventory: modules.port(Inventory),
    payments: modules.port(Payments),
    notifications: modules.port(Notifications),
    orders: modules.port(Orders),
    shipping: modules.port(Shipping),
    administrator,
    close: async () => {
      await administrator.end();
      await modules.close();
      await elsewhere.end();
      await database.drop();
    },
  };
}

/** Puts a product on sale at 1.00 GBP and `quantity` of it into stock. Answers its id. */
export async function stock({ catalog, inventory }: Shop, productId: string, quantity: number): Promise<string> {
  await catalog.addProduct({ productId, name: `Product ${productId}`, price: { amountMinor: 100n, currency: 'GBP' } });
  await inventory.receive({ productId, quantity, reference: `opening stock of ${productId}` });
  return productId;
}

/** Opens an account with `amountMinor` pence in it. Answers its id. */
export async function fund({ payments }: Shop, accountId: string, amountMinor: bigint): Promise<string> {
  await payments.openAccount({ accountId, currency: 'GBP' });
  await payments.deposit({ accountId, amount: { amountMinor, currency: 'GBP' }, reference: 'opening' });
  return accountId;
}

/** Every row of every table of every module, for comparing before with after. */
export async function everything({ administrator }: Shop): Promise<Record<string, unknown[]>> {
  const { rows: tables } = await administrator.query<{ name: string }>(`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname IN ('catalog', 'inventory', 'payments', 'notifications', 'orders', 'shipping') ORDER BY name`);
  const contents: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    contents[name] = (await administrator.query(`SELECT * FROM ${name} AS each ORDER BY each::text`)).rows;
  }
  return contents;
}
