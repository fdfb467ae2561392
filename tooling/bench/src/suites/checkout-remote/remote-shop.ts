import { MacrolithModule } from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import { NatsModule } from '@macrolith/nats';
import { WorkflowModule } from '@macrolith/workflow';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { startProcess } from '../../harness/child-process.js';
import { Orders, OrdersModule } from '../checkout/modules/orders.js';
import type { Shop, ShopOptions } from '../checkout/shops/shop.js';
import { type Department, departmentsWith } from './departments.js';

/** The built one, also when this file is run from its source: Node cannot run decorators. */
const DEPARTMENT = new URL('../../../dist/suites/checkout-remote/department-process.js', import.meta.url);

@Module({})
class Shell {
  static with(options: ShopOptions, servers: string, elsewhere: readonly Department[]): DynamicModule {
    return {
      module: Shell,
      imports: [
        MacrolithModule.forRoot(),
        DatabaseModule.forRoot(options),
        WorkflowModule.forRoot(),
        NatsModule.forRoot({ servers, system: 'bench' }),
        ...departmentsWith(elsewhere),
        OrdersModule,
      ],
    };
  }
}

/** The shop with some of its modules in processes of their own. Its workflow is a durable run then, by itself. */
export async function openRemoteShop(
  options: ShopOptions,
  natsUrl: string,
  elsewhere: readonly Department[],
): Promise<Shop> {
  const processes = await Promise.all(elsewhere.map((name) => startProcess(DEPARTMENT, [name, options.url, natsUrl])));
  const app = await NestFactory.createApplicationContext(Shell.with(options, natsUrl, elsewhere), {
    logger: false,
    abortOnError: false,
  });
  const orders = app.get(Orders, { strict: false });
  return {
    name: `macrolith, ${elsewhere.join(', ')} elsewhere`,
    async place(lines, customer) {
      const { orderId } = await orders.place({ customer, lines: [...lines] });
      return orderId;
    },
    async close() {
      await app.close();
      await Promise.all(processes.map((child) => child.stop()));
    },
  };
}
