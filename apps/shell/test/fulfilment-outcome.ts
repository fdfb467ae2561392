import { readFile } from 'node:fs/promises';
import type { Order } from '@macrolith/orders';
import type { Shop } from './shop.js';

const RECONCILIATION = new URL('../../../tooling/retail-import/sql/reconcile.sql', import.meta.url);

/** What became of an order of one product, in every module that had to do with it. `news` in the order of the telling. */
export async function aStory(shop: Shop, { orderId, lines, accountId }: Order) {
  const order = await shop.orders.getOrder({ orderId });
  const payment = await shop.payments.getPayment({ paymentId: order.paymentId! });
  const { balance, held } = await shop.payments.getAccount({ accountId: accountId! });
  const [level] = await shop.inventory.getStock({ productIds: [lines[0]!.productId] });
  const [shipment] = (await shop.shipping.listShipments({ orderId })).items;
  return {
    status: order.status,
    payment: { status: payment.status, captured: payment.captured, refunded: payment.refunded },
    account: { balance, held },
    stock: { available: level!.available, reserved: level!.reserved },
    shipment: shipment && { status: shipment.status, pieces: shipment.pieces },
    news: await newsOf(shop, order),
  };
}

/** The messages that were asked for, whether or not they were sent yet. */
async function newsOf({ administrator }: Shop, { customerId }: Order): Promise<string[]> {
  const { rows } = await administrator.query<{ template: string }>(
    `SELECT data ->> 'template' AS template FROM orders.outbox
    WHERE type = 'notifications.send' AND data ->> 'to' = $1 ORDER BY position`,
    [customerId],
  );
  return rows.map(({ template }) => template);
}

/** The sums that do not agree between the modules. They agree whenever nothing is under way. */
export async function discrepancies({ administrator }: Shop): Promise<unknown[]> {
  const { rows } = await administrator.query(await readFile(RECONCILIATION, 'utf8'));
  return rows.filter((row) => row.wrong > 0);
}
