import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../usage-error.js';

/** Which database is meant, and how that is known: words for the person, without the password. */
export interface DatabaseAddress {
  readonly url: string;
  readonly origin: string;
}

export interface AddressWish {
  /** What `--database` says. */
  readonly database: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The workspace's root, whose development database is taken where none is named. */
  readonly root: string;
}

/** Where `pnpm start` and `pnpm dev` keep the database of a checkout, and what they call it. */
const DEVELOPMENT = { settings: '.macrolith/postgres/settings.json', user: 'postgres', database: 'macrolith' };

/** The database that is named, or the one that `pnpm start` runs in this workspace. @throws UsageError */
export function databaseAddress({ database, environment, root }: AddressWish): DatabaseAddress {
  if (database) return namedDatabase(database, '--database');
  if (environment.DATABASE_URL) return namedDatabase(environment.DATABASE_URL, 'DATABASE_URL');
  const file = path.join(root, DEVELOPMENT.settings);
  if (!existsSync(file)) {
    throw new UsageError(
      'which database? Set DATABASE_URL, or name it with --database; without either the development database of the ' +
        `workspace is taken, and ${path.resolve(root)} has none: run pnpm start there first, or name another --root.`,
    );
  }
  return { url: developmentUrl(file), origin: `the development database in ${path.dirname(file)}` };
}

/** A database by its URL. @param origin what named it, for people @throws UsageError */
export function namedDatabase(url: string, origin: string): DatabaseAddress {
  // The URL is not repeated: it may hold a password.
  if (!/^postgres(ql)?:\/\//.test(url) || URL.parse(url) === null) {
    throw new UsageError(
      `${origin} is no PostgreSQL address; it must look like postgres://user:password@host:5432/database.`,
    );
  }
  return { url, origin };
}

function developmentUrl(file: string): string {
  const { port, password } = readSettings(file);
  if (!Number.isInteger(port) || typeof password !== 'string') {
    throw new UsageError(`${file} holds no port and password. Set DATABASE_URL instead.`);
  }
  const { user, database } = DEVELOPMENT;
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

function readSettings(file: string): { readonly port?: unknown; readonly password?: unknown } {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as object;
  } catch {
    return {};
  }
}
