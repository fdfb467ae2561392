import type { ModulePlace } from '@macrolith/data/handover';
import pg from 'pg';
import { UsageError } from '../usage-error.js';

const CONNECT_TIMEOUT_MS = 5_000;

/** What a server says about itself, and about the connected user. */
export interface ServerFacts {
  /** Tells databases apart, also under other names: the cluster and the database in it. */
  readonly identity: string;
  readonly version: string;
  readonly encoding: string;
}

type SideName = 'source' | 'target';

/** One of the two databases of a handover, seen by the user that deploys to it. */
export class Side {
  private constructor(
    readonly name: SideName,
    readonly place: ModulePlace,
    private readonly url: string,
    readonly client: pg.Client,
    readonly facts: ServerFacts,
  ) {}

  /** @throws UsageError when it cannot be reached */
  static async open(name: SideName, url: string, place: ModulePlace): Promise<Side> {
    const client = await connect(name, url);
    const { rows } = await client.query<ServerFacts>(FACTS);
    return new Side(name, place, url, client, rows[0]!);
  }

  /** Where it is, without user and password. */
  get address(): string {
    return addressOf(this.place.location);
  }

  /** What the URL says of encryption, for a server that connects to this one. */
  get tls(): { readonly sslmode?: string } {
    const sslmode = URL.parse(this.url)?.searchParams.get('sslmode');
    // This library's own word; PostgreSQL's verifies nothing then.
    return sslmode ? { sslmode: sslmode === 'no-verify' ? 'require' : sslmode } : {};
  }

  /** The module's schema, quoted. */
  get schema(): string {
    return pg.escapeIdentifier(this.place.schema);
  }

  /** A table of the module's schema, quoted. */
  table(name: string): string {
    return `${this.schema}.${pg.escapeIdentifier(name)}`;
  }

  async rows<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(text, [...values])).rows;
  }

  /** One transaction under the role that owns the schema. */
  async asOwner(statements: readonly string[]): Promise<void> {
    await this.transaction([`SET LOCAL ROLE ${pg.escapeIdentifier(this.place.owner)}`, ...statements]);
  }

  async transaction(statements: readonly string[]): Promise<void> {
    try {
      await this.client.query('BEGIN');
      for (const statement of statements) await this.client.query(statement);
      await this.client.query('COMMIT');
    } catch (error) {
      await this.client.query('ROLLBACK').catch(() => {});
      throw error;
    }
  }

  /** A further connection, for what must not share one: a transaction that stays open. */
  connectAgain(): Promise<pg.Client> {
    return connect(this.name, this.url);
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => {});
  }
}

export function addressOf({ host, port, database }: { host: string; port: number; database: string }): string {
  return `${host}:${port}/${database}`;
}

/** Everything is shown and sorted the same on both sides, and what is committed is on the disk. */
const SESSION = [
  "SET timezone = 'UTC'",
  "SET datestyle = 'ISO, YMD'",
  "SET intervalstyle = 'iso_8601'",
  'SET extra_float_digits = 1',
  "SET bytea_output = 'hex'",
  'SET synchronous_commit = on',
  'SET client_min_messages = error',
].join('; ');

const REMEDIES: Readonly<Record<SideName, string>> = {
  source: 'Its address is that of --database, else of DATABASE_URL, else of the database that pnpm start runs here.',
  target: 'Its address is that of --to, else of TARGET_DATABASE_URL; the database and its user have to be made first.',
};

async function connect(name: SideName, url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'macro handover',
    keepAlive: true,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(SESSION);
    return client;
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    throw new UsageError(`the ${name}'s database cannot be reached: ${message || code}. ${REMEDIES[name]}`);
  }
}

const FACTS = `
  SELECT system_identifier || '/' || database.oid AS identity, current_setting('server_version') AS version,
    pg_encoding_to_char(database.encoding) AS encoding
  FROM pg_control_system(), pg_database AS database WHERE datname = current_database()`;
