import { MacrolithModule } from '@macrolith/core';
import { Database, DatabaseModule, type DatabaseStatistics } from '@macrolith/data';
import { WorkflowModule } from '@macrolith/workflow';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CatalogModule } from '../modules/catalog.js';
import { InventoryModule } from '../modules/inventory.js';
import { Orders, OrdersModule } from '../modules/orders.js';
import { PaymentsModule } from '../modules/payments.js';
import type { Shop, ShopOptions } from './shop.js';

@Module({})
class Shell {
  static with(options: ShopOptions, way: Way): DynamicModule {
    return {
      module: Shell,
      imports: [
        MacrolithModule.forRoot({ workflows: way === 'durable' ? 'durable' : 'by-binding' }),
        DatabaseModule.forRoot(options),
        WorkflowModule.forRoot(),
        CatalogModule,
        InventoryModule,
        PaymentsModule,
        OrdersModule,
      ],
    };
  }
}

/**
 * How the order is placed: as a declared workflow in one transaction, as the same in a durable run with every other module as
 * if it were elsewhere, or by commands that each run in a savepoint.
 */
export type Way = 'workflow' | 'durable' | 'savepoints';

export interface MacrolithShop extends Shop {
  /** What its pool has sent so far. */
  readonly statistics: DatabaseStatistics;
}

/** Four modules, each in its own schema under its own role. Makes their tables when they are missing. */
export async function openMacrolithShop(options: ShopOptions, way: Way): Promise<MacrolithShop> {
  const app = await NestFactory.createApplicationContext(Shell.with(options, way), {
    logger: false,
    abortOnError: false,
  });
  const orders = app.get(Orders, { strict: false });
  const database = app.get(Database, { strict: false });
  const place = way === 'savepoints' ? orders.placeBySavepoints : orders.place;
  return {
    name: `macrolith, ${way}`,
    async place(lines, customer) {
      const { orderId } = await place.call(orders, { customer, lines: [...lines] });
      return orderId;
    },
    get statistics() {
      return database.statistics;
    },
    close: () => app.close(),
  };
}
