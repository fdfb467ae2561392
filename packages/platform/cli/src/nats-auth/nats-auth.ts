import { NatsNames } from '@macrolith/nats-connection/names';
import type { Streams } from '../commands/streams.js';
import { UsageError } from '../usage-error.js';
import { readWorkspace } from '../workspace/workspace.js';
import { KeyFolder } from './key-folder.js';
import { readProgram } from './nats-program.js';
import { type Macroservice, natsUsers } from './nats-users.js';
import { serverConfiguration } from './server-configuration.js';

export interface NatsAuthOptions {
  readonly root: string;
  readonly system: string;
  readonly format: 'config' | 'json';
  readonly keys?: string;
  readonly macroservice?: readonly Macroservice[];
  /** Files that tell of programs. */
  readonly program?: readonly string[];
}

/** Writes what each user of NATS may do. Keys are made where there are none, and go into their folder only. */
export function natsAuth(
  { root, system, format, keys: folder, macroservice, program }: NatsAuthOptions,
  streams: Streams,
): void {
  const names = namesOf(system);
  const users = natsUsers(readWorkspace(root), names, macroservice, program?.map(readProgram));
  const userNames = users.map(({ name }) => name);
  if (format === 'config' && folder === undefined) {
    throw new UsageError('nats-server knows users by their keys. Say where these are, or shall be: --keys FOLDER.');
  }
  const kept = folder === undefined ? undefined : new KeyFolder(folder);
  const { keys, made } = kept?.publicKeys(userNames) ?? { keys: new Map<string, string>(), made: [] };
  for (const file of made) streams.err.write(`made the key ${file}\n`);
  for (const file of kept?.leftOver(userNames) ?? []) streams.err.write(`nobody has the key ${file} any more\n`);
  streams.out.write(
    format === 'config'
      ? serverConfiguration(users, keys, names)
      : `${JSON.stringify({ system, users: users.map((user) => ({ ...user, nkey: keys.get(user.name) })) }, null, 2)}\n`,
  );
}

function namesOf(system: string): NatsNames {
  try {
    return new NatsNames(system);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
