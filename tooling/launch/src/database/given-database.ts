import pg from 'pg';
import { Refusal } from '../command/refusal.ts';

const CONNECT_TIMEOUT_MS = 5000;

/**
 * Refuses a `DATABASE_URL` that leads nowhere, before the long work.
 * @throws Refusal with one sentence that never holds the password
 */
export async function verifyDatabase(databaseUrl: string): Promise<void> {
  const target = describeTarget(databaseUrl);
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (error) {
    throw new Refusal(`DATABASE_URL leads to ${target}, but ${reason(error as PgFailure)}.`);
  } finally {
    await client.end().catch(() => {});
  }
}

interface PgFailure extends Error {
  readonly code?: string;
  readonly errors?: readonly PgFailure[];
}

/** Host, database and user of the URL; its password stays out of every message. */
function describeTarget(databaseUrl: string): string {
  const url = URL.parse(databaseUrl);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '') {
    throw new Refusal(
      'DATABASE_URL is not a PostgreSQL address; it must look like postgres://user:password@host:5432/database',
    );
  }
  const database = decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username);
  return `database "${database}" at ${url.host} as user "${decodeURIComponent(url.username)}"`;
}

/** Codes of Node's sockets, and of PostgreSQL (appendix A of its manual). */
function reason(error: PgFailure): string {
  const code = error.code ?? error.errors?.[0]?.code;
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'there is no host of that name';
    case 'ECONNREFUSED':
      return 'no server listens there';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return 'that host cannot be reached';
    case '28P01':
      return 'the server does not take the password';
    case '28000':
      return `the server does not let that user in (${error.message})`;
    case '3D000':
      return 'the server has no database of that name';
    case '53300':
      return 'the server has no connection left';
    case '57P03':
      return 'the server is still starting or already stopping';
  }
  if (/timeout/i.test(error.message)) return `nothing answered within ${CONNECT_TIMEOUT_MS / 1000} seconds`;
  return `connecting failed: ${oneLine(error.message || String(code))}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\.$/, '');
}
