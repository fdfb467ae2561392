/** Starts a disposable server, tells its pid and temporary folder over IPC, and then waits to be killed. */
import { startPostgres } from '../../src/index.ts';
import { argumentOf } from '../command-line.ts';

const server = await startPostgres();
process.send?.({ pid: server.pid, dataFolder: argumentOf(server.pid, '-D'), url: server.url });
setInterval(() => {}, 60_000);
