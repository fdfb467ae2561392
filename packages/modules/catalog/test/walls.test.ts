import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { UnitOfWork } from '@macrolith/core';
import { bootModule, type RunningModules } from '@macrolith/testing';
import { DataSource } from 'typeorm';
import { Catalog } from '../src/index.js';
import { CatalogModule } from '../src/local.js';
import { aProduct } from '../src/testing.js';

const FORBIDDEN = { code: '42501' };

let modules: RunningModules;
let strayQuery: () => Promise<unknown>;
beforeAll(async () => {
  modules = await bootModule(CatalogModule);
  const admin = await new DataSource({ type: 'postgres', url: modules.databaseUrl }).initialize();
  await admin.query('CREATE SCHEMA inventory; CREATE TABLE inventory.stock (available bigint)');
  await admin.destroy();
  strayQuery = () => modules.get(DataSource).query('SELECT available FROM inventory.stock');
});
afterAll(() => modules.close());

test("the catalog cannot read another module's table", async () => {
  await expect(strayQuery()).rejects.toMatchObject(FORBIDDEN);
});

test("inside a shared transaction it cannot either, and the caller's other work survives when it is caught", async () => {
  const unitOfWork = modules.get(UnitOfWork);

  await unitOfWork.run(async () => {
    await modules.port(Catalog).addProduct(aProduct({ productId: 'KEPT' }));
    await expect(unitOfWork.run(strayQuery)).rejects.toMatchObject(FORBIDDEN);
  });

  expect(await modules.port(Catalog).getProduct({ productId: 'KEPT' })).toMatchObject({ active: true });
});
