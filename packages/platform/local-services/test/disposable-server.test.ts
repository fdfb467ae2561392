import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startPostgres } from '../src/index.ts';
import { isRunning } from '../src/process/identity.ts';
import { folderOfPostgres } from './command-line.ts';
import { watchdogsOf } from './watchdogs.ts';

const PROGRAM = fileURLToPath(new URL('./programs/start-disposable-server.ts', import.meta.url));

interface Started {
  pid: number;
  dataFolder: string;
  url: string;
}

async function startInAnotherProcess() {
  const starter = fork(PROGRAM, { execArgv: [] });
  const [server] = (await once(starter, 'message')) as [Started];
  return { starter, server };
}

async function eventually(condition: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`Still not so after 60 s: ${condition}`);
    await sleep(50);
  }
}

describe('A disposable PostgreSQL', () => {
  test('serves on loopback with a password, and leaves no process and no folder when stopped', async () => {
    const server = await startPostgres();
    const folder = folderOfPostgres(server.pid);
    expect(existsSync(folder)).toBe(true);
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query('SELECT inet_server_addr()::text AS address, current_setting($1) AS fsync', [
      'fsync',
    ]);
    await client.end();
    const withoutPassword = new URL(server.url);
    withoutPassword.password = 'wrong';

    const intrusion = new pg.Client({ connectionString: withoutPassword.href }).connect();

    await expect(intrusion).rejects.toMatchObject({ code: '28P01' });
    expect(rows).toEqual([{ address: '127.0.0.1/32', fsync: 'off' }]);
    await server.stop();
    await server.stop();
    expect(isRunning(server.pid)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  test('is stopped and removed by its watchdog when its starter is killed by SIGKILL', async () => {
    const { starter, server } = await startInAnotherProcess();

    starter.kill('SIGKILL');

    await eventually(() => !isRunning(server.pid) && !existsSync(dirname(server.dataFolder)));
  });

  test('is swept away by the next start when its watchdog was killed as well', async () => {
    const { starter, server } = await startInAnotherProcess();
    for (const pid of watchdogsOf(server.pid)) process.kill(pid, 'SIGKILL');
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    expect(isRunning(server.pid)).toBe(true);

    const next = await startPostgres();

    // Another start at the same time may be the one that sweeps.
    await eventually(() => !isRunning(server.pid) && !existsSync(dirname(server.dataFolder)));
    await next.stop();
  });

  test('leaves the servers of living starters alone', async () => {
    const { starter, server } = await startInAnotherProcess();

    const next = await startPostgres();

    expect(isRunning(server.pid)).toBe(true);
    await next.stop();
    starter.kill('SIGKILL');
    await eventually(() => !isRunning(server.pid) && !existsSync(dirname(server.dataFolder)));
  });
});
