import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { bootModule, type RunningModules } from '@macrolith/testing';
import { DataSource } from 'typeorm';
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
  const statements = jest.spyOn(modules.get(DataSource).logger, 'logQuery');

  await catalog.quote({ productIds });

  expect(statements).toHaveBeenCalledTimes(1);
});
