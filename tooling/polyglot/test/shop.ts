import { fileURLToPath } from 'node:url';
import { Catalog } from '@macrolith/catalog';
import { CatalogModule } from '@macrolith/catalog/local';
import { FraudModule } from '@macrolith/fraud/remote';
import { Inventory } from '@macrolith/inventory';
import { InventoryModule } from '@macrolith/inventory/local';
import {
  createTestDatabase,
  type NatsServer,
  type RunningProgram,
  startNats,
  startProgram,
  type TestDatabase,
} from '@macrolith/local-services';
import { NatsModule } from '@macrolith/nats';
import { OrdersModule } from '@macrolith/orders/remote';
import { Payments } from '@macrolith/payments';
import { PaymentsModule } from '@macrolith/payments/local';
import { bootModule, type RunningModules } from '@macrolith/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';

const MACROSERVICE = fileURLToPath(new URL('../../../apps/macroservice/dist/main.js', import.meta.url));
const HOSTED = ['catalog', 'inventory', 'payments', 'notifications', 'orders'];

/**
 * A shop in a macroservice that asks for fraud scores elsewhere, and who calls it over NATS. It sells gold (`GOLD`, 2,000.00 GBP)
 * and lanterns (`71053`, 3.39 GBP); the account `demo` has a million.
 */
export class Shop {
  private constructor(
    private readonly database: TestDatabase,
    readonly nats: NatsServer,
    private readonly macroservice: RunningProgram,
    /** Calls orders and fraud where they run. */
    readonly caller: RunningModules,
    /** A client of NATS that knows nothing of us. */
    readonly stranger: NatsConnection,
  ) {}

  static async open(): Promise<Shop> {
    const [database, nats] = await Promise.all([createTestDatabase(), startNats()]);
    await fill(database.url);
    const macroservice = startProgram({
      file: MACROSERVICE,
      environment: {
        MODULES: HOSTED.map((name) => `@macrolith/${name}`).join(','),
        DATABASE_URL: database.url,
        NATS_URL: nats.url,
        HEALTH_PORT: '0',
        LOG_LEVEL: 'silent',
      },
    });
    await macroservice.ready;
    const caller = await bootModule([OrdersModule, FraudModule], {
      databaseUrl: database.url,
      imports: [NatsModule.forRoot({ servers: nats.url })],
    });
    return new Shop(database, nats, macroservice, caller, await connect({ servers: nats.url }));
  }

  async close(): Promise<void> {
    await this.stranger.close();
    await this.caller.close();
    await this.macroservice.kill();
    await Promise.all([this.database.drop(), this.nats.stop()]);
  }
}

async function fill(databaseUrl: string): Promise<void> {
  const modules = await bootModule([CatalogModule, InventoryModule, PaymentsModule], { databaseUrl });
  const [catalog, inventory, payments] = [modules.port(Catalog), modules.port(Inventory), modules.port(Payments)];
  const goods = [
    ['GOLD', 200_000n],
    ['71053', 339n],
  ] as const;
  for (const [productId, amountMinor] of goods) {
    await catalog.addProduct({ productId, name: `Product ${productId}`, price: { amountMinor, currency: 'GBP' } });
    await inventory.receive({ productId, quantity: 10_000, reference: `opening stock of ${productId}` });
  }
  await payments.openAccount({ accountId: 'demo', currency: 'GBP' });
  const amount = { amountMinor: 100_000_000n, currency: 'GBP' };
  await payments.deposit({ accountId: 'demo', amount, reference: 'opening' });
  await modules.close();
}
