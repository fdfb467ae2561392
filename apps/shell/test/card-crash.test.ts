import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@macrolith/testing';
import { CardShop } from './card-shop.js';

/** A process has only just started when it is waited for. */
const PATIENT = { withinMs: 60_000 };

let shop: CardShop;
beforeEach(async () => {
  shop = await CardShop.open();
});
afterEach(() => shop.close());

const untilHeld = () =>
  eventually(
    'A request that is held',
    () => shop.network.held(),
    (held) => held > 0,
    PATIENT,
  );

/** After whatever happened: one order, one charge of its amount, and nothing that differs. */
async function expectOneOrder(reference: string, charge: object): Promise<void> {
  await shop.rest();
  expect(await shop.place(reference)).toBe(201);
  await shop.rest();
  expect(await shop.count(`orders.order_header WHERE reference = '${reference}'`)).toBe(1);
  expect(await shop.chargesOf(reference)).toMatchObject([{ authorisedMinor: '1600', ...charge }]);
  expect(await shop.network.authorisations()).toHaveLength(1);
  expect(await shop.differences()).toEqual([]);
}

describe('an order that a card pays is placed once and charged once when the shell is killed', () => {
  test.each([
    ['before the card network acts', 'hold-before'],
    ['after it has acted, and before it answers', 'hold-after'],
  ] as const)('%s', async (_, kind) => {
    await shop.network.fail({ on: 'authorise', kind });
    const placing = shop.place('killed');
    await untilHeld();

    await shop.killShell();
    await placing;
    await shop.network.heal();
    await shop.startShell();

    await expectOneOrder('killed', { status: 'authorised' });
  });

  test('after it has answered, and before the order is placed', async () => {
    await shop.network.fail({ on: 'authorise', kind: 'hold-after' });
    const placing = shop.place('killed');
    await untilHeld();
    // Nobody can place an order while this is held, and what the network answers is written down.
    await shop.administrator.query('BEGIN');
    await shop.administrator.query('LOCK TABLE orders.order_header IN SHARE MODE');
    await shop.network.release();
    const isAuthorised = () => shop.count(`payments.payment WHERE status = 'authorised'`);
    await eventually('The answer', isAuthorised, (count) => count === 1, PATIENT);

    await shop.killShell(() => shop.administrator.query('ROLLBACK'));
    await placing;
    await shop.startShell();

    await expectOneOrder('killed', { status: 'authorised' });
  });

  test('and when the card network is killed before it answers', async () => {
    await shop.network.fail({ on: 'authorise', kind: 'hold-after' });
    const placing = shop.place('killed');
    await untilHeld();

    await shop.killNetwork();
    await shop.startNetwork();

    expect([201, 202]).toContain(await placing);
    await expectOneOrder('killed', { status: 'authorised' });
  });
});

test('an order whose answers are all lost is placed by the news of the card network', async () => {
  await shop.network.fail({ on: 'authorise', kind: 'lost', times: 1000 });

  const placing = shop.place('told');
  const isAuthorised = () => shop.count(`payments.payment WHERE status = 'authorised'`);
  await eventually('The news', isAuthorised, (count) => count === 1, PATIENT);

  expect(await placing).toBe(201);
  await expectOneOrder('told', { status: 'authorised' });
});

test('a card that declines while the shell is killed is no order, keeps no stock, and is asked once', async () => {
  const payer = { card: { token: 'tok_visa_no_funds_9995' } };
  await shop.network.fail({ on: 'authorise', kind: 'hold-after' });
  const placing = shop.place('declined', payer);
  await untilHeld();

  await shop.killShell();
  await placing;
  await shop.network.heal();
  await shop.startShell();
  await shop.rest();

  expect(await shop.place('declined', payer)).toBe(422);
  expect(await shop.count('orders.order_header')).toBe(0);
  expect(await shop.count(`inventory.reservation WHERE status = 'held'`)).toBe(0);
  expect((await shop.network.authorisations()).map(({ status }) => status)).toEqual(['declined']);
  expect(await shop.differences()).toEqual([]);
});

describe('what is decided about an order is done once at the card network when the shell is killed', () => {
  test.each([
    ['fulfilled', 'capture', 'hold-before', { status: 'captured', capturedMinor: '1600' }],
    ['fulfilled', 'capture', 'hold-after', { status: 'captured', capturedMinor: '1600' }],
    ['cancelled', 'void', 'hold-before', { status: 'voided' }],
    ['cancelled', 'void', 'hold-after', { status: 'voided' }],
  ] as const)('%s, and the %s is under way: %s', async (status, on, kind, charge) => {
    await shop.place('settled');
    const { order_id: orderId } = (await shop.orderOf('settled'))!;
    await shop.network.fail({ on, kind });

    await shop.post(`/api/orders/orders/${orderId}/${status === 'fulfilled' ? 'fulfil' : 'cancel'}`, {}, 'decide');
    await untilHeld();
    await shop.killShell();
    await shop.network.heal();
    await shop.startShell();
    await shop.rest();

    expect(await shop.orderOf('settled')).toMatchObject({ status });
    expect(await shop.chargesOf('settled')).toMatchObject([charge]);
    expect(await shop.differences()).toEqual([]);
  });
});
