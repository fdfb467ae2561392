import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bootModule, type RunningModules, statementsOf } from '@macrolith/testing';
import { Catalog } from '../src/index.js';
import { CatalogModule } from '../src/local.js';
import { aProduct } from '../src/testing.js';

let modules: RunningModules;
beforeAll(async () => {
  modules = await bootModule(CatalogModule);
});
afterAll(() => modules.close());

test('a quote is one statement, whatever the number of products', async () => {
  const catalog = modules.port(Catalog);
  const productIds = Array.from({ length: 50 }, (_, index) => `MANY${index}`);
  for (const productId of productIds) await catalog.addProduct(aProduct({ productId }));

  const statements = await statementsOf(modules, 'catalog', () => catalog.quote({ productIds }));

  expect(statements).toHaveLength(1);
});
