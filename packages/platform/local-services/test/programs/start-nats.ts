/** Starts a nats-server, tells its pid and temporary folder over IPC, and then waits to be killed. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { startNats } from '../../src/index.ts';

const server = await startNats();
const commandLine = readFileSync(`/proc/${server.pid}/cmdline`, 'utf8').split('\0');
process.send?.({ pid: server.pid, folder: dirname(commandLine[commandLine.indexOf('--pid') + 1] as string) });
setInterval(() => {}, 60_000);
