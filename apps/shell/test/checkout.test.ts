import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DomainError } from '@macrolith/contract';
import { UnitOfWork } from '@macrolith/core';
import { OutOfStock } from '@macrolith/inventory';
import { Orders } from '@macrolith/orders';
import { eventually, publishedEvents } from '@macrolith/testing';
import { testOfOneTransaction } from './elsewhere.js';
import { everything, fund, openShop, type Shop, stock } from './shop.js';

const RECONCILIATION = new URL('../../../tooling/retail-import/sql/reconcile.sql', import.meta.url);
const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const messagesTo = async (to: string) => (await shop.notifications.listMessages({ to })).items;
const newsFor = (to: string) =>
  eventually(
    `News for ${to}`,
    () => messagesTo(to),
    ([message]) => message?.status === 'sent',
  );

test('an order goes through four modules, and the news of it follows', async () => {
  const productId = await stock(shop, 'WHOLE', 5);
  const accountId = await fund(shop, 'whole', 1000n);

  const { orderId, reservationId, paymentId } = await shop.orders.place({
    customerId: 'whole',
    accountId,
    lines: [{ productId, quantity: 2 }],
  });

  expect(await shop.inventory.getReservation({ reservationId: reservationId! })).toMatchObject({ orderId });
  expect(await shop.payments.getPayment({ paymentId: paymentId! })).toMatchObject({
    orderId,
    authorised: pounds(200n),
  });
  expect(await newsFor('whole')).toMatchObject([{ template: 'order-placed', status: 'sent' }]);
});

testOfOneTransaction(
  'of 32 who buy the last piece at once, one gets it, 31 are told, and nothing else changes',
  async () => {
    const productId = await stock(shop, 'LAST', 1);
    const buyers = Array.from({ length: 32 }, (_, n) => `last${n}`);
    for (const buyer of buyers) await fund(shop, buyer, 1000n);
    const placedBefore = (await publishedEvents(shop.modules, Orders.event.orderPlaced)).length;

    const outcomes = await Promise.allSettled(
      buyers.map((buyer) =>
        shop.orders.place({ customerId: buyer, accountId: buyer, lines: [{ productId, quantity: 1 }] }),
      ),
    );

    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refusals).toHaveLength(31);
    for (const refusal of refusals) {
      expect(refusal).toBeInstanceOf(OutOfStock);
      expect(refusal).toMatchObject({ productId, requested: 1, available: 0 });
    }
    const winner = buyers.find((_, n) => outcomes[n]!.status === 'fulfilled')!;
    for (const buyer of buyers) {
      const held = pounds(buyer === winner ? 100n : 0n);
      expect(await shop.payments.getAccount({ accountId: buyer })).toMatchObject({ held });
      expect((await shop.payments.listPayments({ accountId: buyer })).items).toHaveLength(buyer === winner ? 1 : 0);
      expect((await shop.orders.listOrders({ customerId: buyer })).items).toHaveLength(buyer === winner ? 1 : 0);
    }
    expect(await shop.inventory.getStock({ productIds: [productId] })).toEqual([
      { productId, available: 0, reserved: 1 },
    ]);
    expect(await publishedEvents(shop.modules, Orders.event.orderPlaced)).toHaveLength(placedBefore + 1);
    await newsFor(winner);
  },
);

testOfOneTransaction('an order that is refused, for whatever reason, leaves nothing behind in any table', async () => {
  const productId = await stock(shop, 'REFUSED', 5);
  const scarce = await stock(shop, 'SCARCE', 1);
  await fund(shop, 'poor', 100n);
  const accountId = await fund(shop, 'rich', 100_000n);
  await shop.orders.place({ customerId: 'rich', accountId, reference: 'taken', lines: [{ productId, quantity: 1 }] });
  await newsFor('rich');
  await delivered();
  const before = await everything(shop);

  const place = (changes: object) =>
    shop.orders.place({ customerId: 'refused', accountId, lines: [{ productId, quantity: 2 }], ...changes });
  const refusals = [
    await refusalOf(place({ accountId: 'poor' })),
    await refusalOf(place({ lines: [productId, scarce].map((id) => ({ productId: id, quantity: 2 })) })),
    await refusalOf(place({ reference: 'taken' })),
    await refusalOf(place({ accountId: 'nobody' })),
    await refusalOf(place({ lines: [{ productId: 'NONE', quantity: 1 }] })),
  ];

  expect(refusals).toEqual([
    'payments.payment-declined',
    'inventory.out-of-stock',
    'orders.reference-taken',
    'payments.account-not-found',
    'catalog.product-not-found',
  ]);
  expect(await everything(shop)).toEqual(before);
});

testOfOneTransaction('nobody is told of an order before it is committed', async () => {
  const productId = await stock(shop, 'EARLY', 5);
  const accountId = await fund(shop, 'early', 1000n);

  await shop.modules.get(UnitOfWork).run(async () => {
    await shop.orders.place({ customerId: 'early', accountId, lines: [{ productId, quantity: 1 }] });
    await pause(500);
    const { rows } = await shop.administrator.query(`SELECT FROM notifications.message WHERE recipient = 'early'`);
    expect(rows).toEqual([]);
  });

  expect(await newsFor('early')).toHaveLength(1);
});

testOfOneTransaction(
  "a stray query on another module's table fails inside the shared transaction, and the order survives",
  async () => {
    const productId = await stock(shop, 'STRAY', 5);
    const accountId = await fund(shop, 'stray', 1000n);
    const unitOfWork = shop.modules.get(UnitOfWork);
    const stray = () => shop.modules.database.of('orders').query('UPDATE payments.account SET held_minor = 0');

    await unitOfWork.run(async () => {
      await shop.orders.place({ customerId: 'stray', accountId, lines: [{ productId, quantity: 1 }] });
      await expect(unitOfWork.run(stray)).rejects.toMatchObject({ code: '42501' });
    });

    await expect(stray()).rejects.toMatchObject({ code: '42501' });
    expect((await shop.orders.listOrders({ customerId: 'stray' })).items).toHaveLength(1);
    expect(await shop.payments.getAccount({ accountId })).toMatchObject({ held: pounds(100n) });
  },
);

testOfOneTransaction('a transaction that fails after the order takes all four modules back', async () => {
  const productId = await stock(shop, 'BACK', 5);
  const accountId = await fund(shop, 'back', 1000n);
  await delivered();
  const before = await everything(shop);

  const failing = shop.modules.get(UnitOfWork).run(async () => {
    await shop.orders.place({ customerId: 'back', accountId, lines: [{ productId, quantity: 1 }] });
    throw new Error('the lights went out');
  });

  await expect(failing).rejects.toThrow('the lights went out');
  expect(await everything(shop)).toEqual(before);
});

test('orders that are placed, cancelled and fulfilled at once never wait in a circle, and everything adds up', async () => {
  const products = await Promise.all(['MIX1', 'MIX2', 'MIX3'].map((id) => stock(shop, id, 200)));
  const accounts = await Promise.all(['mix1', 'mix2'].map((id) => fund(shop, id, 20_000n)));
  const place = (n: number) =>
    shop.orders.place({
      customerId: 'mix',
      accountId: accounts[n % accounts.length]!,
      lines: rotated(products, n).map((productId) => ({ productId, quantity: 1 + (n % 4) })),
    });

  const lives = Array.from({ length: 40 }, async (_, n) => {
    const { orderId, lines } = await place(n);
    const part = [{ productId: lines[n % lines.length]!.productId, quantity: 1 }];
    const steps = [
      () => shop.orders.cancel({ orderId, lines: part }),
      () => shop.orders.fulfil({ orderId }),
      () => shop.orders.cancel({ orderId }),
    ];
    await Promise.all(rotated(steps, n).map((step) => step().catch(rethrowUnlessDeclared)));
  });
  await Promise.all(lives);

  expect(await discrepancies()).toEqual([]);
});

/** Waits until every outbox is empty, so that no relay writes while tables are compared. */
async function delivered(): Promise<void> {
  const open = `SELECT (SELECT count(*) FROM catalog.delivery WHERE state = 'open')
    + (SELECT count(*) FROM inventory.delivery WHERE state = 'open')
    + (SELECT count(*) FROM orders.delivery WHERE state = 'open') AS open`;
  await eventually(
    'An empty outbox',
    async () => (await shop.administrator.query(open)).rows[0].open,
    (count) => count === '0',
  );
}

async function discrepancies(): Promise<unknown[]> {
  const { rows } = await shop.administrator.query(await readFile(RECONCILIATION, 'utf8'));
  return rows.filter((row) => row.wrong > 0);
}

async function refusalOf(placing: Promise<unknown>): Promise<unknown> {
  const error = await placing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof DomainError ? error.code : error;
}

function rethrowUnlessDeclared(error: unknown): void {
  if (!(error instanceof DomainError)) throw error;
}

function rotated<T>(values: readonly T[], by: number): T[] {
  return values.map((_, n) => values[(n + by) % values.length]!);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
