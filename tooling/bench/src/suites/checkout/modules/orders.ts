import { randomUUID } from 'node:crypto';
import { command, type InputOf, type OutputOf, Port, z } from '@macrolith/contract';
import { defineModule, LocalModule, Workflows, workflow } from '@macrolith/core';
import { database, Transactional } from '@macrolith/data';
import { durableWorkflows } from '@macrolith/workflow';
import { Injectable } from '@nestjs/common';
import { priced, totalOf } from '../cart.js';
import { NewsRow, OrderLineRow, OrderRow, OrderStore } from '../stores/order-store.js';
import { OutOfStock } from '../stores/stock-store.js';
import { Catalog, PriceOf } from './catalog.js';
import { Inventory, StockLine } from './inventory.js';
import { Payments } from './payments.js';
import { CreateOrders1764547200000 } from './tables.js';

const PlaceOrder = z.object({ customer: z.string(), lines: z.array(StockLine) });
const OrderId = z.object({ orderId: z.uuid() });
const OpenOrder = OrderId.extend({ totalCents: z.int() });

export abstract class Orders extends Port({
  name: 'orders',
  version: '1.0.0',
  operations: {
    /** As a declared workflow: one transaction, no savepoints. */
    place: command({ input: PlaceOrder, output: OrderId, errors: [OutOfStock] }),
    /** As a transactional method that calls the other modules' commands: each runs in a savepoint. */
    placeBySavepoints: command({ input: PlaceOrder, output: OrderId, errors: [OutOfStock] }),
  },
}) {}

abstract class OrderBook extends Port({
  name: 'orders.book',
  version: '1.0.0',
  operations: {
    open: command({ input: PlaceOrder.extend({ prices: z.array(PriceOf) }), output: OpenOrder }),
    withdraw: command({ input: OrderId }),
  },
}) {}

const placeOrder = workflow('orders.place', { version: 1, input: PlaceOrder, output: OrderId })
  .read('prices', Catalog.op.quote, ({ input }) => ({ productIds: input.lines.map(({ productId }) => productId) }))

  .step('stock', Inventory.op.reserve, ({ input }) => ({ lines: input.lines }))
  .compensate(Inventory.op.release, ({ input }) => ({ lines: input.lines }))

  .step('order', OrderBook.op.open, ({ input, prices }) => ({ ...input, prices }))
  .compensate(OrderBook.op.withdraw, ({ order }) => ({ orderId: order.orderId }))

  .pivot('payment', Payments.op.capture, ({ order }) => ({ orderId: order.orderId, amountCents: order.totalCents }))
  .result(({ order }) => ({ orderId: order.orderId }));

@Injectable()
export class OrderBookService implements OrderBook {
  constructor(private readonly orders: OrderStore) {}

  async open({ customer, lines, prices }: InputOf<OrderBook['open']>): Promise<OutputOf<OrderBook['open']>> {
    const pricedLines = priced(lines, prices);
    const order = { orderId: randomUUID(), totalCents: totalOf(pricedLines) };
    await this.orders.add({ ...order, customer, lines: pricedLines });
    return order;
  }

  withdraw({ orderId }: InputOf<OrderBook['withdraw']>): Promise<void> {
    return this.orders.remove(orderId);
  }
}

@Injectable()
export class OrdersService implements Orders {
  constructor(
    private readonly workflows: Workflows,
    private readonly catalog: Catalog,
    private readonly inventory: Inventory,
    private readonly payments: Payments,
    private readonly book: OrderBook,
  ) {}

  place(input: InputOf<Orders['place']>): Promise<OutputOf<Orders['place']>> {
    return this.workflows.run(placeOrder, input);
  }

  @Transactional()
  async placeBySavepoints({ customer, lines }: InputOf<Orders['place']>): Promise<OutputOf<Orders['place']>> {
    const prices = await this.catalog.quote({ productIds: lines.map(({ productId }) => productId) });
    await this.inventory.reserve({ lines });
    const { orderId, totalCents } = await this.book.open({ customer, lines, prices });
    await this.payments.capture({ orderId, amountCents: totalCents });
    return { orderId };
  }
}

@LocalModule(defineModule(Orders, { owner: 'team-checkout', uses: [Catalog, Inventory, Payments] }), {
  provider: OrdersService,
  providers: [OrderStore],
  internal: [[OrderBook, OrderBookService]],
  workflows: [placeOrder],
  features: [
    database({ entities: [OrderRow, OrderLineRow, NewsRow], migrations: [CreateOrders1764547200000] }),
    durableWorkflows(),
  ],
})
export class OrdersModule {}
