import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readRoleCatalog } from '../../src/database/read-role-catalog.js';
import { verify } from '../../src/verify.js';
import { foundInClean, miniature } from './miniature.js';
import { type ProvisionedDatabase, provisionedDatabase } from './provisioned-database.js';

let database: ProvisionedDatabase;

beforeEach(async () => {
  database = await provisionedDatabase();
});

afterEach(() => database.drop());

/** What the rule finds in the database, as `file:line subject`; `db` stands for the database's name. */
async function found(): Promise<string[]> {
  const { violations } = await verify({
    root: miniature('own-schema-only-roles/clean'),
    database: await readRoleCatalog(database.url),
  });
  return violations.map(({ file, line, subject }) =>
    `${file.replace('packages/modules/', '')}:${line} ${subject}`.replaceAll(database.name, 'db'),
  );
}

test('roles as the platform provisions them are left in peace, and a module without tables needs none', async () => {
  expect(await found()).toEqual([]);
});

test('without a database the rule has nothing to say', async () => {
  expect(await foundInClean('own-schema-only-roles')).toEqual([]);
});

describe('what reaches over the wall is told where the module declares its schema', () => {
  test('a grant on a table of another module', async () => {
    await database.run('GRANT USAGE ON SCHEMA catalog TO db_orders; GRANT SELECT ON catalog.product TO db_orders');
    expect(await found()).toEqual([
      'orders/src/manifest.ts:5 db_orders SELECT table catalog.product',
      'orders/src/manifest.ts:5 db_orders USAGE schema catalog',
    ]);
  });

  test('a grant on one column only', async () => {
    await database.run('GRANT UPDATE (name) ON catalog.product TO db_orders');
    expect(await found()).toEqual(['orders/src/manifest.ts:5 db_orders UPDATE table catalog.product']);
  });

  test('a grant to everybody', async () => {
    await database.run('GRANT SELECT ON catalog.product TO PUBLIC');
    expect(await found()).toEqual([
      'orders/src/manifest.ts:5 db_orders SELECT table catalog.product',
      'orders/src/manifest.ts:5 db_orders_owner SELECT table catalog.product',
      'pnpm-workspace.yaml:1 db_app SELECT table catalog.product',
    ]);
  });

  test('a table in the schema that belongs to all', async () => {
    await database.run('CREATE TABLE public.shared (note text); GRANT SELECT ON public.shared TO db_catalog');
    expect(await found()).toEqual(['catalog/src/manifest.ts:4 db_catalog SELECT table public.shared']);
  });

  test('a sequence of another module', async () => {
    await database.run('GRANT USAGE ON SEQUENCE catalog.product_product_id_seq TO db_orders');
    expect(await found()).toEqual(['orders/src/manifest.ts:5 db_orders USAGE sequence catalog.product_product_id_seq']);
  });

  test('membership in the role of another module', async () => {
    await database.run('GRANT db_catalog TO db_orders WITH INHERIT FALSE');
    expect(await found()).toEqual(['orders/src/manifest.ts:5 db_orders member of db_catalog']);
  });

  test('an attribute that steps over grants', async () => {
    await database.run('ALTER ROLE db_orders BYPASSRLS');
    expect(await found()).toEqual(['orders/src/manifest.ts:5 db_orders BYPASSRLS']);
  });

  test('the right to change the schema itself at run time', async () => {
    await database.run('GRANT CREATE ON SCHEMA orders TO db_orders');
    expect(await found()).toEqual(['orders/src/manifest.ts:5 db_orders CREATE schema orders']);
  });

  test('a schema that belongs to somebody else', async () => {
    await database.run('ALTER SCHEMA orders OWNER TO CURRENT_USER');
    expect(await found()).toEqual(['orders/src/manifest.ts:5 owner of orders']);
  });

  test('a schema that is not there', async () => {
    await database.run('DROP SCHEMA orders CASCADE');
    expect(await found()).toEqual(['orders/src/manifest.ts:5 the schema orders']);
  });
});

describe('the login role has no rights of its own', () => {
  test('nor inherits any', async () => {
    await database.run('ALTER ROLE db_app INHERIT; GRANT db_orders TO db_app WITH INHERIT TRUE');
    expect(await found()).toEqual([
      'pnpm-workspace.yaml:1 db_app DELETE table orders.line',
      'pnpm-workspace.yaml:1 db_app INHERIT',
      'pnpm-workspace.yaml:1 db_app INSERT table orders.line',
      'pnpm-workspace.yaml:1 db_app SELECT table orders.line',
      'pnpm-workspace.yaml:1 db_app UPDATE table orders.line',
      'pnpm-workspace.yaml:1 db_app USAGE schema orders',
      'pnpm-workspace.yaml:1 db_app USAGE sequence orders.line_line_id_seq',
      'pnpm-workspace.yaml:1 db_app inherits db_orders',
    ]);
  });

  test('and is no superuser, who needs no grants to be told one by one', async () => {
    await database.run('ALTER ROLE db_app SUPERUSER');
    expect(await found()).toEqual(['pnpm-workspace.yaml:1 db_app SUPERUSER']);
  });
});
