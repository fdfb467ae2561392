import type { Streams } from '../commands/streams.js';

/**
 * Tells who interrupts a handover by Ctrl-C what goes on without them. The command ends by the signal all the same.
 * @returns ends it: an interruption is no longer told of
 */
export function tellOfInterruption(module: string, { err }: Streams): () => void {
  const tell = () => {
    err.write(
      `\nmacro: interrupted. What has begun goes on without this command: the target follows, and the source keeps its log for it. ` +
        `Run it again to go on where it is; macro handover ${module} --status tells where, and --abort takes it back before the switch.\n`,
    );
    // Nobody listens any more, so that it ends this process.
    process.kill(process.pid, 'SIGINT');
  };
  process.once('SIGINT', tell);
  return () => process.off('SIGINT', tell);
}
