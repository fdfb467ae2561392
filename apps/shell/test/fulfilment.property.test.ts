import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DomainError, UnexpectedError } from '@macrolith/contract';
import type { Order } from '@macrolith/orders';
import type { ShipmentSummary } from '@macrolith/shipping';
import fc from 'fast-check';
import { atRest } from './at-rest.js';
import { Courier, type Owed } from './courier.js';
import { REMOTE, testOfEventsInTheDatabase } from './elsewhere.js';
import { aStory, discrepancies } from './fulfilment-outcome.js';
import { fund, openShop, type Shop, stock } from './shop.js';

const PIECES = 3;
const STOCK = 10;
const FUNDS = 1_000n;
/** Relays take some milliseconds a step. */
const PAUSE_MS = 5;
const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });

let shop: Shop;
let courier: Courier;
let orders = 0;

/** Events that travel between processes are handed over by the relays of these, in their own time: no courier can hold them. */
const BY_RELAYS = REMOTE.length > 0;
const handOverAll = () => (BY_RELAYS ? atRest(shop) : courier.handOverAll());

// What customers and others wish for, as one transaction each and as durable runs, of which others see every step.
describe.each([
  ['by-binding', 50],
  ['durable', 25],
] as const)('Orders that are fulfilled automatically, workflows %s:', (workflows, numRuns) => {
  beforeAll(async () => {
    shop = await openShop({ events: { enabled: BY_RELAYS }, checks: false, workflows });
    courier = new Courier(shop);
  });
  afterAll(async () => {
    try {
      expect(await discrepancies(shop)).toEqual([]);
    } finally {
      await shop.close();
    }
  });

  testOfEventsInTheDatabase.each([0, 1, 2, 3, 4])(
    'a customer who cancels after %d steps pays nothing, and is told once',
    async (steps) => {
      const order = await place();
      for (let step = 0; step < steps; step += 1) {
        // News goes on from the last one who did something: the others have nothing to do yet.
        const owed = (await courier.owed()).at(-1);
        if (owed !== undefined) await courier.handOver(owed);
      }

      await shop.orders.cancel({ orderId: order.orderId });
      await courier.handOverAll();

      const story = await aStory(shop, order);
      expect(story).toMatchObject({
        status: 'cancelled',
        account: { balance: pounds(FUNDS), held: pounds(0n) },
        stock: { available: STOCK, reserved: 0 },
      });
      expect(story.payment.captured).toEqual(story.payment.refunded);
      const told =
        steps === 4 ? ['order-placed', 'order-fulfilled', 'order-cancelled'] : ['order-placed', 'order-cancelled'];
      expect(story.news).toEqual(told);
    },
  );

  testOfEventsInTheDatabase(
    'news that is handed over twice, and news that somebody has replayed, changes nothing',
    async () => {
      const order = await place();
      const seen: Owed[] = [];
      for (let owed = await courier.owed(); owed.length > 0; owed = await courier.owed()) {
        for (const each of owed) {
          await courier.handOver(each);
          await courier.repeat(each);
          seen.push(each);
        }
      }
      const before = await aStory(shop, order);

      for (const each of seen) await courier.repeat(each, 1);
      await courier.handOverAll();

      expect(before).toMatchObject({ status: 'fulfilled', news: ['order-placed', 'order-fulfilled'] });
      expect(await aStory(shop, order)).toEqual(before);
      expect(await said(order, 'shipping.shipment-requested.v1')).toBe(1);
    },
  );

  test('whatever happens when, the order ends once, everybody has what is theirs, and each thing is told once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(happening, { minLength: 1, maxLength: 3 }), { minLength: 6, maxLength: 20 }),
        async (life) => {
          const order = await place();
          const handed: Owed[] = [];
          for (const atOnce of life) await Promise.all(atOnce.map((one) => happen(order, one, handed)));
          await handOverAll();
          await expectAllToBeWell(order);
        },
      ),
      { numRuns },
    );
    expect(await discrepancies(shop)).toEqual([]);
  }, 240_000);
});

async function place(): Promise<Order> {
  orders += 1;
  const name = `ANY-${orders}`;
  const productId = await stock(shop, name, STOCK);
  const accountId = await fund(shop, name, FUNDS);
  await handOverAll();
  const lines = [{ productId, quantity: PIECES }];
  return shop.orders.place({ customerId: name, accountId, fulfilment: 'automatic', lines });
}

/** Something that happens to an order, at a moment that nobody chose. */
type Happening =
  | { readonly kind: 'news' | 'news twice' | 'replay'; readonly nth: number }
  | { readonly kind: 'cancel' | 'cancel a part' | 'fulfil by hand' }
  | { readonly kind: 'hold is withdrawn' | 'stock is withdrawn' }
  | { readonly kind: 'dispatch' | 'deliver' | 'refuse' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 16, arbitrary: fc.record({ kind: fc.constant('news' as const), nth: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('news twice' as const, 'replay' as const), nth: fc.nat(9) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'cancel a part' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('fulfil by hand' as const, 'hold is withdrawn' as const, 'stock is withdrawn' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('dispatch' as const, 'deliver' as const, 'refuse' as const) }),
  },
);

/** Whatever is refused is refused in words of the contract. */
async function happen(order: Order, one: Happening, handed: Owed[]): Promise<void> {
  await act(order, one, handed).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error instanceof UnexpectedError) throw error;
  });
}

async function act({ orderId, paymentId, reservationId, lines }: Order, one: Happening, handed: Owed[]): Promise<void> {
  switch (one.kind) {
    case 'news':
    case 'news twice': {
      if (BY_RELAYS) return pause(one.nth * PAUSE_MS);
      const owed = await courier.owed();
      const chosen = owed[one.nth % Math.max(owed.length, 1)];
      if (chosen === undefined) return;
      handed.push(chosen);
      await Promise.all(
        one.kind === 'news' ? [courier.handOver(chosen)] : [courier.handOver(chosen), courier.repeat(chosen)],
      );
      return;
    }
    case 'replay': {
      const chosen = handed[one.nth % Math.max(handed.length, 1)];
      if (chosen !== undefined) await courier.repeat(chosen, chosen.round + 1 + handed.length);
      return;
    }
    case 'cancel':
      await shop.orders.cancel({ orderId });
      return;
    case 'cancel a part':
      await shop.orders.cancel({ orderId, lines: [{ productId: lines[0]!.productId, quantity: 1 }] });
      return;
    case 'fulfil by hand':
      await shop.orders.fulfil({ orderId });
      return;
    case 'hold is withdrawn':
      await shop.payments.void({ paymentId: paymentId! });
      return;
    case 'stock is withdrawn':
      await shop.inventory.release({ reservationId: reservationId! });
      return;
    default: {
      const shipment = await shipmentOf(orderId);
      if (shipment !== undefined) await shop.shipping[one.kind]({ ...shipment, reason: 'It is broken.' });
    }
  }
}

async function shipmentOf(orderId: string): Promise<ShipmentSummary | undefined> {
  return (await shop.shipping.listShipments({ orderId })).items[0];
}

async function expectAllToBeWell(order: Order): Promise<void> {
  const { status, payment, account, stock: level, shipment, news } = await aStory(shop, order);
  const { cancellations, total, fulfilledAt } = await shop.orders.getOrder(order);
  const paid = payment.captured.amountMinor - payment.refunded.amountMinor;
  const refusal = (await shipmentOf(order.orderId))?.refusal;
  const away = shipment === undefined || refusal?.goods === 'in-house' ? 0 : shipment.pieces;

  expect(['fulfilled', 'cancelled']).toContain(status);
  expect(paid).toBe(total.amountMinor);
  expect(account).toEqual({ balance: pounds(FUNDS - paid), held: pounds(0n) });
  expect(level).toEqual({ available: STOCK - away, reserved: 0 });
  if (status === 'cancelled') expect(shipment?.status).not.toBe('requested');
  if (status === 'fulfilled') expect(away).toBeGreaterThan(0);
  expect(news).toHaveLength(1 + cancellations.length + (fulfilledAt === undefined ? 0 : 1));
  expect(await said(order, 'orders.order-cancelled.v1')).toBe(cancellations.length);
  expect(await said(order, 'payments.payment-captured.v1')).toBeLessThanOrEqual(1);
  expect(await said(order, 'payments.payment-refunded.v1')).toBeLessThanOrEqual(1);
  expect(await said(order, 'shipping.shipment-refused.v1')).toBeLessThanOrEqual(1);
}

async function said({ orderId }: Order, type: string): Promise<number> {
  const { rows } = await shop.administrator.query(
    `SELECT count(*)::integer AS said FROM ${type.split('.')[0]}.outbox WHERE key = $1 AND type = $2`,
    [orderId, type],
  );
  return rows[0].said;
}
