import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bootModule, publishedEvents, type RunningModules } from '@macrolith/testing';
import { Catalog } from '../src/index.js';
import { CatalogModule } from '../src/local.js';
import { aProduct } from '../src/testing.js';

const pounds = (amountMinor: bigint) => ({ amountMinor, currency: 'GBP' });

let modules: RunningModules;
let catalog: Catalog;
beforeAll(async () => {
  modules = await bootModule(CatalogModule);
  catalog = modules.port(Catalog);
});
afterAll(() => modules.close());

test('every change is told once, and a change that changes nothing is not', async () => {
  const productId = '71053';
  await catalog.addProduct(aProduct({ productId, price: pounds(339n) }));
  await catalog.reprice({ productId, price: pounds(295n) });
  await catalog.reprice({ productId, price: pounds(295n) });
  await catalog.discontinue({ productId });
  await catalog.discontinue({ productId });

  expect(await publishedEvents(modules, Catalog.event.productAdded)).toEqual([
    { productId, name: 'White metal lantern', price: pounds(339n) },
  ]);
  expect(await publishedEvents(modules, Catalog.event.priceChanged)).toEqual([
    { productId, price: pounds(295n), previousPrice: pounds(339n) },
  ]);
  expect(await publishedEvents(modules, Catalog.event.productDiscontinued)).toEqual([{ productId }]);
});

test('price changes that meet form a chain: each tells the price that it replaced', async () => {
  const productId = 'BUSY';
  await catalog.addProduct(aProduct({ productId, price: pounds(1n) }));

  await Promise.all([2n, 3n, 4n, 5n].map((amount) => catalog.reprice({ productId, price: pounds(amount) })));

  const changes = (await publishedEvents(modules, Catalog.event.priceChanged)).filter(
    (change) => change.productId === productId,
  );
  const { price } = await catalog.getProduct({ productId });
  expect(changes.map((change) => change.previousPrice.amountMinor)).toEqual([
    1n,
    ...changes.slice(0, -1).map((change) => change.price.amountMinor),
  ]);
  expect(changes.at(-1)?.price).toEqual(price);
});

test('of two who add the same product at once, one is told that it exists', async () => {
  const adding = ['first', 'second'].map((name) => catalog.addProduct(aProduct({ productId: 'RACE', name })));

  const outcomes = await Promise.allSettled(adding);

  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
});
