/** Starts the durable server of a folder, tells the outcome over IPC, and then waits to be killed or told to stop. */
import { LocalServiceError, startPostgres } from '../../src/index.ts';

const folder = process.argv[2] as string;
try {
  const server = await startPostgres({ durable: true, folder });
  process.send?.({ pid: server.pid, port: server.port, url: server.url });
  process.once('message', async () => {
    await server.stop();
    process.disconnect();
  });
} catch (error) {
  if (!(error instanceof LocalServiceError)) throw error;
  process.send?.({ code: error.code, message: error.message });
  process.disconnect();
}
