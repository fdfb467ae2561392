import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../src/harness/disposable-database.js';
import { type Line, randomCart } from '../src/suites/checkout/cart.js';
import { Premises } from '../src/suites/checkout/premises.js';
import { countRoundTrips, ORDERS_BEFORE } from '../src/suites/checkout/round-trips.js';
import {
  type MacrolithShop,
  type Way as OurWay,
  openMacrolithShop,
} from '../src/suites/checkout/shops/macrolith-shop.js';
import { openRawShop } from '../src/suites/checkout/shops/raw-shop.js';
import type { Shop, ShopOptions } from '../src/suites/checkout/shops/shop.js';
import { openTypeOrmShop } from '../src/suites/checkout/shops/typeorm-shop.js';
import { openRawSaga } from '../src/suites/workflow/raw-saga.js';
import { prepareSaga } from '../src/suites/workflow/workflow.js';

interface Way {
  readonly name: string;
  readonly login: 'url' | 'clerkUrl';
  open(options: ShopOptions): Shop | Promise<Shop>;
}

const OURS: readonly Way[] = [
  { name: 'a declared workflow', login: 'url', open: (options) => openMacrolithShop(options, 'workflow') },
  { name: 'a durable run', login: 'url', open: (options) => openMacrolithShop(options, 'durable') },
  { name: 'commands in savepoints', login: 'url', open: (options) => openMacrolithShop(options, 'savepoints') },
];
const PLAIN_TYPEORM: Way = { name: 'plain TypeORM', login: 'clerkUrl', open: openTypeOrmShop };
const PEERS: readonly Way[] = [
  { name: 'raw pg, unnamed', login: 'clerkUrl', open: (options) => openRawShop(options, 'unnamed') },
  { name: 'raw pg, named', login: 'clerkUrl', open: (options) => openRawShop(options, 'named') },
  PLAIN_TYPEORM,
  { name: 'a saga by hand', login: 'clerkUrl', open: openRawSaga },
];

describe('the checkout that is measured', () => {
  it('leaves the same rows behind whoever runs it', async () => {
    await onPremises(async (premises) => {
      const carts = Array.from({ length: 40 }, () => randomCart());
      const contents = [];
      for (const way of [...OURS, ...PEERS]) {
        await premises.restock();
        await shopAt(premises, way, (shop) => placeAll(shop, carts));
        contents.push(await premises.contents());
      }

      const [first, ...others] = contents;
      expect(first?.orders).toHaveLength(carts.length);
      expect(first?.payments).toHaveLength(carts.length);
      expect(first?.lines).toHaveLength(2 * carts.length);
      expect(first?.news).not.toContainEqual(expect.objectContaining({ names_its_order: false }));
      for (const other of others) expect(other).toEqual(first);
    });
  });

  it('leaves nothing behind when the stock is too small, whoever runs it', async () => {
    await onPremises(async (premises) => {
      const tooMuch = [
        { productId: 1, quantity: 1 },
        { productId: 2, quantity: 2_000_000 },
      ];
      await premises.restock();
      for (const way of [...OURS, ...PEERS]) {
        await shopAt(premises, way, async (shop) => {
          await expect(shop.place(tooMuch, 'hoarder')).rejects.toMatchObject({
            code: 'inventory.out-of-stock',
            productId: 2,
          });
        });
      }
      expect(await premises.contents()).toEqual({ orders: [], lines: [], news: [], payments: [], taken: [] });
    });
  });

  it.each<{ way: OurWay; controls: number }>([
    // BEGIN, four roles and COMMIT.
    { way: 'workflow', controls: 6 },
    // The same, and a savepoint for each of three commands, two of which are released before the COMMIT does it.
    { way: 'savepoints', controls: 11 },
  ])('needs no round trip for roles and savepoints: $way', async ({ way, controls }) => {
    await onPremises(async (premises) => {
      const ours = await countOurs(premises, way);
      const plain = await countRoundTrips(premises.clerkUrl, openTypeOrmShop, ORDERS);

      // BEGIN, seven statements and COMMIT, each waited for.
      expect(await plain.contender.sample().finally(plain.close)).toBe(9);
      // Statements of one step travel together, and the controls with them: prices, stock, order, payment, COMMIT.
      expect(ours).toEqual({ roundTrips: 5, statements: 7, controlStatements: controls });
    });
  });
});

const ORDERS = 3;

/** Per order, and what is on the wire as the platform's own statistics tell it. */
async function countOurs(premises: Premises, way: OurWay): Promise<Readonly<Record<string, number>>> {
  let shop!: MacrolithShop;
  const counted = await countRoundTrips(
    premises.url,
    async (options) => {
      shop = await openMacrolithShop(options, way);
      return shop;
    },
    ORDERS,
  );
  try {
    await counted.contender.sample();
    const before = shop.statistics;
    const roundTrips = await counted.contender.sample();
    const after = shop.statistics;
    const perOrder = (key: keyof typeof after) => (after[key] - before[key]) / (ORDERS_BEFORE + ORDERS);
    expect(perOrder('roundTrips')).toBe(roundTrips);
    return { roundTrips, statements: perOrder('statements'), controlStatements: perOrder('controlStatements') };
  } finally {
    await counted.close();
  }
}

function onPremises(work: (premises: Premises) => Promise<void>): Promise<void> {
  return withDatabase(async (url) => {
    const premises = await Premises.open(url);
    await prepareSaga(premises);
    await work(premises).finally(() => premises.close());
  });
}

async function shopAt(premises: Premises, way: Way, work: (shop: Shop) => Promise<void>): Promise<void> {
  const shop = await way.open({ url: premises[way.login], poolSize: 4 });
  await work(shop).finally(() => shop.close());
}

/** Under a customer of its own each, so that orders can be told apart without their ids. */
async function placeAll(shop: Shop, carts: readonly (readonly Line[])[]): Promise<void> {
  await Promise.all(carts.map((cart, index) => shop.place(cart, `customer ${1000 + index}`)));
}
