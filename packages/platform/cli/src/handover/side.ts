import type { ModulePlace } from '@macrolith/data/handover';
import pg from 'pg';
import { UsageError } from '../usage-error.js';
import { HandoverInterrupted } from './handover-errors.js';

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
    const client = await connect(url).catch((error) => {
      throw new UsageError(`the ${name}'s database cannot be reached: ${reasonOf(error)}. ${REMEDIES[name]}`);
    });
    try {
      const { rows } = await client.query<ServerFacts>(FACTS);
      return new Side(name, place, url, client, rows[0]!);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
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

  /** A further connection, for what must not share one: a transaction that stays open. @throws HandoverInterrupted */
  async connectAgain(): Promise<pg.Client> {
    try {
      return await connect(this.url);
    } catch (error) {
      const message = `one more connection to the ${this.name}'s database was refused: ${reasonOf(error)}`;
      throw new HandoverInterrupted(new Error(message, { cause: error }));
    }
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => {});
  }
}

/** A further connection to each of several sides, or none at all when one of them cannot be had. */
export async function connectAgainToAll(sides: readonly Side[]): Promise<readonly pg.Client[]> {
  const attempts = await Promise.allSettled(sides.map((side) => side.connectAgain()));
  const clients = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  const failed = attempts.find((attempt) => attempt.status === 'rejected');
  if (failed === undefined) return clients;
  // An open connection would keep the command alive after it has told what failed.
  await endAll(clients);
  throw failed.reason;
}

export async function endAll(clients: readonly pg.Client[]): Promise<void> {
  await Promise.all(clients.map((client) => client.end().catch(() => {})));
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

async function connect(url: string): Promise<pg.Client> {
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
    client.end().catch(() => {});
    throw error;
  }
}

function reasonOf(error: unknown): string | undefined {
  const { message, code } = error as Error & { code?: string };
  return message || code;
}

const FACTS = `
  SELECT system_identifier || '/' || database.oid AS identity, current_setting('server_version') AS version,
    pg_encoding_to_char(database.encoding) AS encoding
  FROM pg_control_system(), pg_database AS database WHERE datname = current_database()`;
