import pg from 'pg';
import { type DatabaseLocation, InvalidDatabaseUrl } from '../errors/connection-errors.js';

/** A database URL, taken apart. */
export interface DatabaseUrl {
  readonly location: DatabaseLocation;
  readonly password: string | undefined;
  /** For another user of the same database. */
  connection(user: string, password: string | undefined, options?: string): pg.ClientConfig;
}

export function parseDatabaseUrl(url: string): DatabaseUrl {
  if (!/^postgres(ql)?:\/\//.test(url)) throw new InvalidDatabaseUrl('does not begin with postgres://');
  const { host, port, database, user, password, ssl } = parsed(url);
  if (!database) throw new InvalidDatabaseUrl('names no database');
  return {
    location: { host, port, database, user: user ?? '' },
    password: password || undefined,
    connection: (asUser, asPassword, options) => ({
      host,
      port,
      database,
      ssl,
      user: asUser,
      password: asPassword,
      ...(options === undefined ? {} : { options }),
    }),
  };
}

function parsed(url: string): pg.Client {
  try {
    return new pg.Client({ connectionString: url });
  } catch {
    // The library's message may repeat the URL, and with it the password.
    throw new InvalidDatabaseUrl('cannot be read');
  }
}
