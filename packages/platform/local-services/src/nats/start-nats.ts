import { rm } from 'node:fs/promises';
import { own, sweepAbandoned } from '../process/abandoned-folders.ts';
import { makeDisposableFolder } from '../process/disposable-folder.ts';
import { findNatsServer } from './find-nats-server.ts';
import type { NatsServer } from './nats-server.ts';
import { PID_FILE, startProcess } from './server-process.ts';

/** What the folders of these servers begin with. */
const FOLDER_PREFIX = 'macrolith-nats-';

export interface NatsServerOptions {
  /** What its configuration file says beside where it listens and stores, such as who may do what. Default: nothing. */
  readonly configuration?: string;
}

/**
 * Starts a real nats-server with JetStream for tests: on a free port of the loopback interface, in a temporary folder of
 * its own. When the process that started it dies, even by SIGKILL, the server is stopped and its folder removed.
 * @throws LocalServiceError with one sentence for the person at the terminal
 */
export async function startNats({ configuration }: NatsServerOptions = {}): Promise<NatsServer> {
  const program = await findNatsServer({ install: true });
  await sweepAbandoned({ prefix: FOLDER_PREFIX, uid: process.getuid?.(), pidFile: PID_FILE, signal: 'SIGKILL' });
  const folder = await makeDisposableFolder(FOLDER_PREFIX);
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    await own(folder);
    let running = await startProcess(program, folder, undefined, configuration);
    const { port } = running;
    return {
      url: `nats://127.0.0.1:${port}`,
      port,
      get pid() {
        return running.pid;
      },
      kill: () => running.leave('SIGKILL'),
      pause: () => running.pause(),
      resume: () => running.resume(),
      async restart() {
        await running.leave('SIGTERM');
        running = await startProcess(program, folder, port, configuration);
      },
      async stop() {
        await running.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
