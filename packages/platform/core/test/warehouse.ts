/** Two miniature modules that the tests of this package compose. */
import { command, defineError, event, type InputOf, instant, Port, query, task, z } from '@macrolith/contract';

export class OutOfStock extends defineError(
  'warehouse.out-of-stock',
  { sku: z.string(), missing: z.int() },
  (e) => `${e.missing} of ${e.sku} are missing.`,
  { kind: 'conflict' },
) {}

export abstract class Warehouse extends Port({
  name: 'warehouse',
  version: '1.2.0',
  operations: {
    /** How much is there, and since when. */
    level: query({
      input: z.object({ sku: z.string() }),
      output: z.object({ quantity: z.int(), since: instant(), tags: z.array(z.string()) }),
    }),
    take: command({
      input: z.object({ sku: z.string(), quantity: z.int().positive(), note: z.string().optional() }),
      output: z.object({ left: z.int() }),
      errors: [OutOfStock],
    }),
    putBack: command({ input: z.object({ sku: z.string(), quantity: z.int().positive() }) }),
    orderTruck: command({ input: z.object({ sku: z.string() }), external: true }),
    recount: task({ input: z.object({ sku: z.string(), since: instant() }) }),
  },
  events: { emptied: event({ data: z.object({ sku: z.string() }), key: (e) => e.sku }) },
}) {}

/** Keeps its state in memory, and remembers the arguments it was given. */
export class WarehouseService implements Warehouse {
  readonly stock = new Map([['lamp', 3]]);
  readonly received: unknown[] = [];
  readonly tags = ['fragile'];

  async level(input: InputOf<Warehouse['level']>) {
    this.received.push(input);
    return { quantity: this.stock.get(input.sku) ?? 0, since: new Date('2026-01-01T00:00:00.000Z'), tags: this.tags };
  }

  async take(input: InputOf<Warehouse['take']>) {
    this.received.push(input);
    if (input.sku === 'broken') throw new TypeError('a defect of the provider');
    const left = (this.stock.get(input.sku) ?? 0) - input.quantity;
    if (left < 0) throw new OutOfStock({ sku: input.sku, missing: -left });
    this.stock.set(input.sku, left);
    return { left };
  }

  async putBack({ sku, quantity }: InputOf<Warehouse['putBack']>) {
    this.stock.set(sku, (this.stock.get(sku) ?? 0) + quantity);
  }

  async orderTruck(input: InputOf<Warehouse['orderTruck']>) {
    this.received.push(input);
  }

  async recount() {}
}

export abstract class Shop extends Port({
  name: 'shop',
  version: '0.1.0',
  operations: {
    buy: command({
      input: z.object({ sku: z.string(), quantity: z.int().positive() }),
      output: z.object({ left: z.int() }),
      errors: [OutOfStock],
    }),
  },
}) {}
