import { JetStreamApiError, type JetStreamManager, type StreamInfo } from '@nats-io/jetstream';
import type { Logger } from '@nestjs/common';
import { IncompatibleStream } from './incompatible-stream.js';
import type { DeclaredStream } from './stream-config.js';
import { type ConfigDifference, describeDifference, streamConfigDiff } from './stream-config-diff.js';

/**
 * Makes the stream as it is declared, or changes it where it differs: each difference is in the log before it is applied.
 * @throws IncompatibleStream when it cannot be changed; nothing was changed then
 */
export async function setUpStream(
  manager: JetStreamManager,
  name: string,
  declared: DeclaredStream,
  logger: Logger,
): Promise<void> {
  const existing = await found(manager, name);
  if (existing === undefined) {
    logger.log(`Making the stream ${name}.`);
    await manager.streams.add({ name, ...declared });
    return;
  }
  const differences = streamConfigDiff(declared, { ...existing.config });
  const incompatible = differences.filter(({ kind }) => kind === 'incompatible');
  if (incompatible.length > 0) throw new IncompatibleStream(name, incompatible);
  if (differences.length === 0) return;
  logger.warn(`Changing the stream ${name}:${listOf(differences)}`);
  await manager.streams.update(name, declared);
}

export function listOf(differences: readonly ConfigDifference[]): string {
  return differences.map((difference) => `\n  ${describeDifference(difference)}`).join('');
}

async function found(manager: JetStreamManager, name: string): Promise<StreamInfo | undefined> {
  try {
    return await manager.streams.info(name);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether the server says that there is no such stream or consumer. */
export function isMissing(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.status === 404;
}
