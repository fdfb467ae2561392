/** A shell whose kitchen hears of meals that were ordered, and fails at some. */
import { type DataOf, event, Port, z } from '@macrolith/contract';
import { defineModule, LocalModule, MacrolithModule } from '@macrolith/core';
import { Database, DatabaseModule, database } from '@macrolith/data';
import { Events, On, outbox, subscriptions } from '@macrolith/events';
import { EventsModule } from '@macrolith/events/local';
import { EventOperations } from '@macrolith/events/operations';
import { createTestDatabase } from '@macrolith/local-services';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

abstract class Waiter extends Port({
  name: 'waiter',
  version: '1.0.0',
  operations: {},
  events: { ordered: event({ data: z.object({ table: z.string(), meal: z.string() }), key: ({ table }) => table }) },
}) {}

abstract class Kitchen extends Port({ name: 'kitchen', version: '1.0.0', operations: {} }) {}

/** What the kitchen has cooked, and what it cannot cook now. */
export const cooked: string[] = [];
export const missing = new Set<string>();

@Injectable()
class WaiterService implements Waiter {
  constructor(readonly events: Events) {}
}

@Injectable()
class KitchenService implements Kitchen {}

@Injectable()
class Cook {
  @On(Waiter.event.ordered)
  async cook({ meal }: DataOf<typeof Waiter.event.ordered>): Promise<void> {
    if (missing.has(meal)) throw new Error(`There is no ${meal} left.`);
    cooked.push(meal);
  }
}

@LocalModule(defineModule(Waiter, { owner: 'team-floor' }), {
  provider: WaiterService,
  features: [database({ entities: [], migrations: [] }), outbox()],
})
class WaiterModule {}

@LocalModule(defineModule(Kitchen, { owner: 'team-kitchen', uses: [Waiter] }), {
  provider: KitchenService,
  features: [database({ entities: [], migrations: [] }), subscriptions([Cook])],
})
class KitchenModule {}

export interface Restaurant {
  readonly url: string;
  readonly operations: EventOperations;
  order(table: string, meal: string): Promise<void>;
  /** What the kitchen's reader would keep of a message over a broker that is no event. */
  receiveNoise(subject: string, payload: string, reason: string): Promise<void>;
  forgetNoise(): Promise<void>;
  close(): Promise<void>;
}

export async function openRestaurant(): Promise<Restaurant> {
  const { url, drop } = await createTestDatabase();
  @Module({
    imports: [
      MacrolithModule.forRoot(),
      DatabaseModule.forRoot({ url }),
      EventsModule.forRoot({ maxAttempts: 1, sweepMs: 3_600_000 }),
      WaiterModule,
      KitchenModule,
    ],
  })
  class Shell {}
  const app = await NestFactory.createApplicationContext(Shell, { logger: false, abortOnError: false });
  const { events } = app.get(WaiterService, { strict: false });
  const kitchen = app.get(Database, { strict: false }).of('kitchen');
  return {
    url,
    operations: app.get(EventOperations, { strict: false }),
    order: (table, meal) => events.publish(Waiter.event.ordered, { table, meal }),
    receiveNoise: async (subject, payload, reason) => {
      await kitchen.query(
        `INSERT INTO kitchen.received_unreadable (sequence, subject, headers, payload, reason, stored_at)
        VALUES (1, $1, '{}', convert_to($2, 'UTF8'), $3, now())`,
        [subject, payload, reason],
      );
    },
    forgetNoise: async () => {
      await kitchen.query('DELETE FROM kitchen.received_unreadable');
    },
    close: async () => {
      await app.close();
      await drop();
    },
  };
}
