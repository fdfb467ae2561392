import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Analytics, HistoryIncomplete } from '@macrolith/analytics';
import { AnalyticsModule } from '@macrolith/analytics/local';
import { eventually } from '@macrolith/testing';
import { testOfEventsInTheDatabase } from './elsewhere.js';
import { salesThatDiffer, unrecorded } from './sales-in-sql.js';
import { fund, openShop, type Shop, stock } from './shop.js';

let shop: Shop;
let analytics: Analytics;
let products: readonly string[];

beforeAll(async () => {
  shop = await openShop({}, [AnalyticsModule]);
  analytics = shop.modules.port(Analytics);
  products = await Promise.all(['TEA', 'MUG', 'POT', 'CUP', 'JAR'].map((id) => stock(shop, id, 100_000)));
  await fund(shop, 'shopper', 10_000_000n);
});
afterAll(() => shop.close());

const COUNTRIES = ['United Kingdom', 'France', 'EIRE', undefined];
const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)]!;

/** Places orders of several lines, and fulfils or cancels some of them, wholly or in part, until it is told to stop. */
async function trade(isOver: () => boolean): Promise<number> {
  const { orders } = shop;
  let placed = 0;
  while (!isOver()) {
    const country = pick(COUNTRIES);
    const lines = products
      .filter(() => Math.random() < 0.5)
      .map((productId) => ({ productId, quantity: 1 + (placed % 7) }));
    if (lines.length === 0) continue;
    const customer = { customerId: 'shopper', accountId: 'shopper', ...(country === undefined ? {} : { country }) };
    const { orderId } = await orders.place({ ...customer, lines });
    placed += 1;
    const [first] = lines;
    if (placed % 5 === 1) await orders.cancel({ orderId, lines: [{ ...first!, quantity: 1 }] });
    if (placed % 5 === 2) await orders.fulfil({ orderId });
    if (placed % 5 === 3) await orders.cancel({ orderId });
    if (placed % 10 === 2) await orders.cancel({ orderId });
    // What one machine can record while others use it, too.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return placed;
}

const allRecorded = () =>
  eventually(
    'The end of the backlog',
    () => unrecorded(shop.administrator),
    (open) => open === 0,
    { withinMs: 60_000 },
  );

test('sales that are rebuilt again and again while orders come in end as SQL over the orders has them', async () => {
  let over = false;
  const trading = [1, 2, 3].map(() => trade(() => over));
  try {
    for (const generation of [2, 3]) {
      expect((await analytics.rebuild()).rebuild?.generation).toBe(generation);
      await eventually(
        `Generation ${generation}`,
        () => analytics.projection(),
        (projection) => projection.generation === generation,
        { withinMs: 60_000 },
      );
    }
  } finally {
    over = true;
  }
  const placed = (await Promise.all(trading)).reduce((sum, each) => sum + each, 0);
  await allRecorded();

  expect(placed).toBeGreaterThan(0);
  expect(await salesThatDiffer(shop.administrator)).toEqual([]);
  expect(await analytics.funnel({})).toMatchObject({ placed });
  expect(await analytics.projection()).toMatchObject({ generation: 3, events: 0, dead: 0 });
});

test('the answers add up to the same sums, whichever way they are cut', async () => {
  const { rows } = await shop.administrator.query<{ net: string; pieces: string }>(`
    SELECT sum((quantity - cancelled) * unit_price_minor)::text AS net, sum(quantity - cancelled)::text AS pieces
    FROM orders.order_line`);
  const [expected] = rows;
  for (const sales of [
    await analytics.salesByDay({}),
    await analytics.salesByProduct({ limit: 1000 }),
    await analytics.salesByCountry({}),
  ]) {
    expect(String(sales.reduce((sum, { amount }) => sum + amount.amountMinor, 0n))).toBe(expected!.net);
    expect(String(sales.reduce((sum, { pieces }) => sum + pieces, 0))).toBe(expected!.pieces);
  }
});

testOfEventsInTheDatabase('figures that the log does not reach back to any more are not thrown away', async () => {
  const before = await analytics.salesByCountry({});
  // Ten and not one: the first to be written need not be the first whose transaction began.
  await shop.administrator.query(
    `DELETE FROM orders.outbox WHERE time <=
      (SELECT time FROM orders.outbox WHERE type = 'orders.order-placed.v1' ORDER BY time OFFSET 9 LIMIT 1)`,
  );

  await expect(analytics.rebuild()).rejects.toThrow(HistoryIncomplete);
  expect(await analytics.salesByCountry({})).toEqual(before);
});
