import { createTestDatabase } from '@macrolith/local-services';
import { Client } from 'pg';

/** A database with the schemas and roles of the modules catalog and orders, as the platform provisions them. */
export interface ProvisionedDatabase {
  readonly name: string;
  readonly url: string;
  /** Runs statements as the superuser; `db` in them stands for the database's name. */
  run(sql: string): Promise<void>;
  drop(): Promise<void>;
}

export async function provisionedDatabase(): Promise<ProvisionedDatabase> {
  const { name, url, drop } = await createTestDatabase();
  const run = async (sql: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(sql.replaceAll(/\bdb_/g, `${name}_`));
    } finally {
      await client.end();
    }
  };
  await run(
    `CREATE ROLE db_app LOGIN NOINHERIT; ${provisioned('catalog', 'product')} ${provisioned('orders', 'line')}`,
  );
  return { name, url, run, drop };
}

function provisioned(module: string, table: string): string {
  return `
    CREATE ROLE db_${module}_owner NOLOGIN;
    CREATE ROLE db_${module} NOLOGIN;
    GRANT db_${module} TO db_app WITH INHERIT FALSE, SET TRUE, ADMIN FALSE;
    CREATE SCHEMA ${module} AUTHORIZATION db_${module}_owner;
    GRANT USAGE ON SCHEMA ${module} TO db_${module};
    CREATE TABLE ${module}.${table} (${table}_id bigint GENERATED ALWAYS AS IDENTITY, name text);
    ALTER TABLE ${module}.${table} OWNER TO db_${module}_owner;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${module}.${table} TO db_${module};
    GRANT USAGE ON SEQUENCE ${module}.${table}_${table}_id_seq TO db_${module};`;
}
