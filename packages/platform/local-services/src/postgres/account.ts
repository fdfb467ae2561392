import { spawnSync } from 'node:child_process';
import { LocalServiceError } from '../error.ts';

/** The user and group that PostgreSQL's files and processes belong to. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account to run PostgreSQL as: one's own, or for root the system account `postgres`, which is made when missing,
 * because PostgreSQL refuses to run as root.
 */
export function serverAccount(): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = systemAccount();
  if (existing !== undefined) return existing;

  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ACCOUNT]);
  // Looked up whatever useradd said: another process may have made the account at the same time.
  const created = systemAccount();
  if (created !== undefined) return created;
  throw new LocalServiceError(
    'no-postgres-account',
    `PostgreSQL does not run as root, and the system account "${ACCOUNT}" could not be made; run as another user, or make the account with: useradd --system ${ACCOUNT}`,
  );
}

const ACCOUNT = 'postgres';

function systemAccount(): ServerAccount | undefined {
  const uid = idOf('-u');
  const gid = idOf('-g');
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function idOf(flag: '-u' | '-g'): number | undefined {
  const answer = spawnSync('id', [flag, ACCOUNT], { encoding: 'utf8' });
  return answer.status === 0 ? Number.parseInt(answer.stdout, 10) : undefined;
}
