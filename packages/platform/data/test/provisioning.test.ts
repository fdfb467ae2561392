import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@macrolith/local-services';
import pg from 'pg';
import {
  Database,
  DatabaseAuthenticationFailed,
  DatabaseNotFound,
  DatabaseNotPrepared,
  type DatabaseOptions,
  DatabaseUnreachable,
  InsufficientDatabaseRights,
  InvalidDatabaseUrl,
  SchemaBelongsToAnother,
} from '../src/index.js';
import { SHOP_MODULES } from './shop/shop.js';

describe('Preparing a database', () => {
  let server: TestDatabase;
  let outside: pg.Client;
  beforeEach(async () => {
    server = await createTestDatabase();
    outside = new pg.Client({ connectionString: server.url });
    await outside.connect();
  });
  afterEach(async () => {
    await outside.end();
    await server.drop();
  });

  const open = (options: Partial<DatabaseOptions> = {}) =>
    Database.open({ url: server.url, poolSize: 2, ...options }, SHOP_MODULES);
  const openAndClose = async (options?: Partial<DatabaseOptions>) => (await open(options)).close();
  const caught = (work: Promise<unknown>) => work.catch((error: unknown) => error);
  const urlWith = (change: (url: URL) => void) => {
    const url = new URL(server.url);
    change(url);
    return url.href;
  };
  const ask = async (sql: string, values: unknown[] = []) => (await outside.query(sql, values)).rows;

  describe('gives', () => {
    beforeEach(() => openAndClose());

    test('each module a runtime role that may read and change rows of its own schema, and nothing else', async () => {
      const [own] = await ask(
        `SELECT has_schema_privilege($1, 'orders', 'USAGE') AS usage, has_schema_privilege($1, 'orders', 'CREATE') AS create,
           has_table_privilege($1, 'orders.orders', 'SELECT, INSERT, UPDATE, DELETE') AS rows,
           has_table_privilege($1, 'orders.orders', 'TRUNCATE') OR has_table_privilege($1, 'orders.orders', 'REFERENCES')
             OR has_table_privilege($1, 'orders.orders', 'TRIGGER') AS more,
           has_table_privilege($1, 'orders.migrations', 'SELECT') AS migrations,
           has_table_privilege($1, 'orders.migrations', 'INSERT') OR has_table_privilege($1, 'orders.migrations', 'UPDATE')
             OR has_table_privilege($1, 'orders.migrations', 'DELETE') AS "changeMigrations",
           has_schema_privilege($1, 'stock', 'USAGE') AS other,
           has_schema_privilege($1, 'public', 'CREATE') AS public,
           has_database_privilege($1, current_database(), 'CREATE') AS "createSchema"`,
        [`${server.name}_orders`],
      );
      expect(own).toEqual({
        usage: true,
        create: false,
        rows: true,
        more: false,
        migrations: true,
        changeMigrations: false,
        other: false,
        public: false,
        createSchema: false,
      });
    });

    test('everybody else no right on a module’s schema', async () => {
      const rows = await ask(
        `SELECT nspname FROM pg_namespace, aclexplode(nspacl) acl WHERE nspname IN ('orders', 'stock') AND acl.grantee = 0`,
      );
      expect(rows).toEqual([]);
    });

    test('the login role no right of its own but to become a module’s runtime role', async () => {
      const memberships = await ask(
        `SELECT m.roleid::regrole::text AS role, m.inherit_option AS inherits, m.set_option AS may_become, m.admin_option AS may_grant
         FROM pg_auth_members m WHERE m.member = $1::regrole ORDER BY 1`,
        [`${server.name}_app`],
      );
      const bare = { inherits: false, may_become: true, may_grant: false };
      expect(memberships).toEqual([
        { role: `${server.name}_orders`, ...bare },
        { role: `${server.name}_stock`, ...bare },
      ]);
      const [login] = await ask(
        `SELECT rolinherit OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls AS powerful,
           has_schema_privilege(oid, 'orders', 'USAGE') AS orders FROM pg_roles WHERE rolname = $1`,
        [`${server.name}_app`],
      );
      expect(login).toEqual({ powerful: false, orders: false });
    });

    test('tables that are made later the same rights', async () => {
      await ask(`SET ROLE ${server.name}_orders_owner`);
      await ask('CREATE TABLE orders.later (id serial PRIMARY KEY)');
      await ask('RESET ROLE');
      const database = await open();
      const inserted = database.of('orders').query('INSERT INTO orders.later DEFAULT VALUES');
      await expect(inserted).resolves.toMatchObject({ rowCount: 1 });
      await database.close();
    });
  });

  describe('a second time', () => {
    beforeEach(() => openAndClose());

    test('changes nothing', async () => {
      const snapshot = () =>
        ask(`SELECT oid, xmin::text, relname FROM pg_class WHERE relname IN ('orders', 'migrations') ORDER BY oid`);
      const before = await snapshot();
      await openAndClose();
      expect(await snapshot()).toEqual(before);
    });

    test('needs no lock, so that it does not wait for a process that holds it', async () => {
      const { whilePreparing } = await import('../src/migration/preparation-lock.js');
      await whilePreparing(outside, () => openAndClose());
    });

    test('mends rights that somebody took away', async () => {
      await ask(`REVOKE USAGE ON SCHEMA orders FROM ${server.name}_orders`);
      await ask(`GRANT ${server.name}_stock TO ${server.name}_app WITH INHERIT TRUE`);
      const database = await open();
      await expect(database.of('orders').query('SELECT FROM orders.orders')).resolves.toMatchObject({ rowCount: 0 });
      await database.close();
      const [{ inherits }] = await ask(
        `SELECT bool_or(inherit_option) AS inherits FROM pg_auth_members WHERE member = $1::regrole`,
        [`${server.name}_app`],
      );
      expect(inherits).toBe(false);
    });

    test('sets the login role’s password again when the deployment’s was changed', async () => {
      await ask(`CREATE ROLE ${server.name}_deployer SUPERUSER LOGIN PASSWORD 'another'`);
      const url = urlWith((to) => {
        to.username = `${server.name}_deployer`;
        to.password = 'another';
      });
      await openAndClose({ url });
    });
  });

  test('sends the login role’s password as a verifier only, so that no log of the server shows it', async () => {
    await openAndClose();
    const [{ stored }] = await ask('SELECT rolpassword AS stored FROM pg_authid WHERE rolname = $1', [
      `${server.name}_app`,
    ]);
    expect(stored).toMatch(/^SCRAM-SHA-256\$/);
  });

  test('works for an owner of the database who may make roles and is no superuser', async () => {
    const deployer = `${server.name}_deployer`;
    await ask(`CREATE ROLE ${deployer} LOGIN CREATEROLE PASSWORD 'secret'`);
    await ask(`ALTER DATABASE ${server.name} OWNER TO ${deployer}`);
    const url = urlWith((to) => {
      to.username = deployer;
      to.password = 'secret';
    });
    await openAndClose({ url });
    const database = await open({ url });
    await expect(database.of('stock').query('SELECT FROM stock.stock')).resolves.toMatchObject({ rowCount: 2 });
    await expect(caught(database.of('orders').query('SELECT FROM stock.stock'))).resolves.toMatchObject({
      code: '42501',
    });
    await database.close();
    // Roles that one role made and granted can only be dropped together with what they own.
    await ask(`ALTER DATABASE ${server.name} OWNER TO CURRENT_USER`);
    await ask(`DROP OWNED BY ${deployer} CASCADE`);
  });

  describe('is refused with one sentence', () => {
    const sentenceOf = async (url: string) => (await caught(openAndClose({ url }))) as Error;

    test('when nothing answers there, without telling the password', async () => {
      const error = await sentenceOf(urlWith((url) => Object.assign(url, { port: '1', password: 'very-secret' })));
      expect(error).toBeInstanceOf(DatabaseUnreachable);
      expect(error.message).toContain('127.0.0.1:1');
      expect(error.message).not.toContain('very-secret');
    });

    test('when the host does not exist', async () => {
      expect(await sentenceOf('postgres://me@no-such-host.invalid/x')).toBeInstanceOf(DatabaseUnreachable);
    });

    test('when the password is wrong', async () => {
      const error = await sentenceOf(urlWith((url) => Object.assign(url, { password: 'guessed' })));
      expect(error).toBeInstanceOf(DatabaseAuthenticationFailed);
      expect(error.message).not.toContain('guessed');
    });

    test('when there is no such database', async () => {
      const error = await sentenceOf(urlWith((url) => Object.assign(url, { pathname: '/nowhere' })));
      expect(error).toBeInstanceOf(DatabaseNotFound);
      expect(error.message).toContain("'nowhere'");
    });

    test.each(['', 'localhost/shop', 'mysql://me@host/shop', 'postgres://me@host:notaport/shop'])(
      'when the URL is none: %j',
      async (url) => {
        expect(await sentenceOf(url)).toBeInstanceOf(InvalidDatabaseUrl);
      },
    );

    test('when the user may not make roles or schemas', async () => {
      await ask(`CREATE ROLE ${server.name}_guest LOGIN PASSWORD 'guest'`);
      const error = await sentenceOf(
        urlWith((url) => Object.assign(url, { username: `${server.name}_guest`, password: 'guest' })),
      );
      expect(error).toBeInstanceOf(InsufficientDatabaseRights);
      expect(error.message).toContain('CREATEROLE');
    });

    test('when a schema of that name belongs to somebody else', async () => {
      await ask('CREATE SCHEMA orders');
      const error = await caught(openAndClose());
      expect(error).toBeInstanceOf(SchemaBelongsToAnother);
      expect(error).toMatchObject({ module: 'orders', schema: 'orders', owner: 'postgres' });
    });

    test('when this process shall not prepare it and it is not prepared', async () => {
      const error = await caught(openAndClose({ migrate: false }));
      expect(error).toBeInstanceOf(DatabaseNotPrepared);
      expect(error).toMatchObject({ pending: ['stock/CreateStock1763600000000', 'orders/CreateOrders1763600000000'] });
      expect(await ask("SELECT FROM pg_namespace WHERE nspname IN ('orders', 'stock')")).toEqual([]);
      await openAndClose();
      await openAndClose({ migrate: false });
    });
  });
});
