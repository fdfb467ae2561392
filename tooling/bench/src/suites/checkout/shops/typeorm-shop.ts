import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { priced, totalOf } from '../cart.js';
import { NewsRow, OrderLineRow, OrderRow, OrderStore } from '../stores/order-store.js';
import { PaymentRow, PaymentStore } from '../stores/payment-store.js';
import { ProductRow, ProductStore } from '../stores/product-store.js';
import { StockRow, StockStore } from '../stores/stock-store.js';
import type { Shop, ShopOptions } from './shop.js';

/** The same repository code without the platform: one data source, one role, no walls. */
export async function openTypeOrmShop({ url, poolSize }: ShopOptions): Promise<Shop> {
  // pg warns of statements that wait for each other on one client, which is what TypeORM makes of Promise.all.
  process.noDeprecation = true;
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    poolSize,
    entities: [ProductRow, StockRow, PaymentRow, OrderRow, OrderLineRow, NewsRow],
    installExtensions: false,
  }).initialize();
  return {
    name: 'plain TypeORM',
    place: (lines, customer) =>
      dataSource.transaction(async (manager) => {
        const { products, stock, orders, payments } = storesOf(manager);
        const prices = await products.prices(lines.map(({ productId }) => productId));
        await stock.take(lines);
        const orderId = randomUUID();
        const pricedLines = priced(lines, prices);
        const totalCents = totalOf(pricedLines);
        await orders.add({ orderId, customer, totalCents, lines: pricedLines });
        await payments.add({ paymentId: randomUUID(), orderId, amountCents: totalCents, status: 'captured' });
        return orderId;
      }),
    close: () => dataSource.destroy(),
  };
}

function storesOf(manager: EntityManager) {
  return {
    products: new ProductStore(manager.getRepository(ProductRow)),
    stock: new StockStore(manager.getRepository(StockRow)),
    orders: new OrderStore(
      manager.getRepository(OrderRow),
      manager.getRepository(OrderLineRow),
      manager.getRepository(NewsRow),
    ),
    payments: new PaymentStore(manager.getRepository(PaymentRow)),
  };
}
