import { isAbsolute, join } from 'node:path';
import { mayInstallFromDebian, unpackFromDebian } from '../debian/packages.ts';
import { LocalServiceError } from '../error.ts';
import { isProgram, programOnPath } from '../program/on-path.ts';
import { cacheFolder } from './cache-folder.ts';
import { downloadRelease, releasedProgram } from './release.ts';

/** The variable that names a nats-server. */
export const NATS_SERVER_VARIABLE = 'MACROLITH_NATS_SERVER';

export interface NatsServerSearch {
  /** Bring one when none is there: Debian's package where root, else the official release. Default: false. */
  readonly install?: boolean;
  /** Told one line before each step that takes long. */
  readonly onProgress?: (line: string) => void;
  /** Default: that of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * The absolute path of a nats-server: the one that the environment names, else from PATH, else the one that was brought
 * before, else a newly brought one. What is brought goes into a cache folder; nothing is installed.
 * @throws LocalServiceError `no-nats-server`
 */
export async function findNatsServer(options: NatsServerSearch = {}): Promise<string> {
  const { environment = process.env, onProgress = () => {} } = options;
  const cache = cacheFolder(environment);
  const unpacked = join(cache, 'nats-server-debian');
  const fromDebian = join(unpacked, 'usr', 'sbin', PROGRAM);
  const released = releasedProgram(cache);
  const found =
    namedBy(environment) ?? programOnPath([PROGRAM], environment.PATH ?? '') ?? [fromDebian, released].find(isProgram);
  if (found !== undefined) return found;
  if (!options.install) throw missing('none was found on PATH');

  if (mayInstallFromDebian()) {
    onProgress("Unpacking Debian's nats-server (apt-get, some seconds)");
    const failure = await unpackFromDebian('nats-server', unpacked);
    if (isProgram(fromDebian)) return fromDebian;
    onProgress(`Debian's package could not be unpacked (${failure ?? 'it brought no program'})`);
  }
  onProgress('Downloading the official release of nats-server (about 6 MB)');
  const failure = await downloadRelease(cache);
  if (isProgram(released)) return released;
  throw missing(failure ?? 'the download brought no program');
}

const PROGRAM = 'nats-server';

function missing(reason: string): LocalServiceError {
  return new LocalServiceError(
    'no-nats-server',
    `No nats-server: ${reason}; install nats-server, or set ${NATS_SERVER_VARIABLE} to the path of one.`,
  );
}

/** A path that somebody set is used or refused, never silently replaced by another one. */
function namedBy(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const path = environment[NATS_SERVER_VARIABLE];
  if (path === undefined || path === '') return undefined;
  if (isAbsolute(path) && isProgram(path)) return path;
  throw new LocalServiceError(
    'no-nats-server',
    `${NATS_SERVER_VARIABLE} is ${path}, which is not the absolute path of a program; correct it, or unset it to have one found.`,
  );
}
