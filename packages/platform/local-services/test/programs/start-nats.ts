/** Starts a nats-server, tells its pid and temporary folder over IPC, and then waits to be killed. */
import { startNats } from '../../src/index.ts';
import { folderOfNats } from '../command-line.ts';

const server = await startNats();
process.send?.({ pid: server.pid, folder: folderOfNats(server.pid) });
setInterval(() => {}, 60_000);
