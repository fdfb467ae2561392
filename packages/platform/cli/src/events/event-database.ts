import { EventOperations, type LogDatabase, logsOfDatabase } from '@macrolith/events/operations';
import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { UsageError } from '../usage-error.js';
import type { DatabaseAddress } from './database-address.js';

const CONNECT_TIMEOUT_MS = 5_000;
/** A person waits no longer; and no look at a large log is worth more of a server in trouble. */
const STATEMENT_TIMEOUT_MS = 30_000;

const INSUFFICIENT_PRIVILEGE = '42501';
const STATEMENT_TIMED_OUT = '57014';

/**
 * What people can see and do about the events of a database, over one connection of the user that deploys to it. Each
 * statement runs under the role that owns the log.
 *
 * @throws UsageError when the database cannot be reached, or does not let the user do it
 */
export async function withEventOperations<T>(
  address: DatabaseAddress,
  work: (operations: EventOperations) => Promise<T>,
): Promise<T> {
  const client = await connect(address);
  try {
    const logs = await logsOfDatabase(plain(client), (role) => underRole(client, role));
    if (logs.length === 0) {
      throw new UsageError(
        `the database of ${address.origin} has no module with an outbox. Is it the one that the shell uses, and has the shell started there once?`,
      );
    }
    return await work(new EventOperations(logs));
  } catch (error) {
    throw explained(error, address);
  } finally {
    await client.end().catch(() => {});
  }
}

async function connect({ url, origin }: DatabaseAddress): Promise<Client> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'macro events',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    throw new UsageError(`the database of ${origin} cannot be reached: ${message || code}.`);
  }
}

function plain(client: Client): LogDatabase {
  return { query: async (text, values) => (await client.query(text, values && [...values])) as never };
}

/** The turn of a connection: a statement must not come between a role and the statement that it is for. */
const turns = new WeakMap<Client, Promise<unknown>>();

function underRole(client: Client, role: string): LogDatabase {
  return {
    query: (text, values) => {
      const answer = (turns.get(client) ?? Promise.resolve()).then(async () => {
        await client.query(`SET ROLE ${escapeIdentifier(role)}`);
        return (await client.query(text, values && [...values])) as never;
      });
      turns.set(
        client,
        answer.catch(() => {}),
      );
      return answer;
    },
  };
}

function explained(error: unknown, { origin }: DatabaseAddress): unknown {
  if (!(error instanceof DatabaseError)) return error;
  if (error.code === INSUFFICIENT_PRIVILEGE) {
    return new UsageError(
      `the user of ${origin} may not look after these events: ${error.message}. Connect as the user that deploys the shell.`,
    );
  }
  if (error.code === STATEMENT_TIMED_OUT) {
    return new UsageError(
      `the database of ${origin} took longer than ${STATEMENT_TIMEOUT_MS / 1000} seconds. Ask for less: --module, --state or --newer-than.`,
    );
  }
  return error;
}
