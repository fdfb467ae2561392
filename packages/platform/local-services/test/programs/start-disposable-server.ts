/** Starts a disposable server, tells its pid and temporary folder over IPC, and then waits to be killed. */
import { readFileSync } from 'node:fs';
import { startPostgres } from '../../src/index.ts';

const server = await startPostgres();
const commandLine = readFileSync(`/proc/${server.pid}/cmdline`, 'utf8').split('\0');
process.send?.({ pid: server.pid, dataFolder: commandLine[commandLine.indexOf('-D') + 1], url: server.url });
setInterval(() => {}, 60_000);
