import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isRunning } from './identity.ts';
import { watch } from './watchdog.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'watchdog-test-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function deaf(signal: string): Promise<ChildProcess> {
  const child = spawn('/bin/sh', ['-c', `trap '' ${signal}; echo up; while :; do sleep 0.1; done`], { stdio: 'pipe' });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

describe('A watchdog', () => {
  // A dismissal closes the pipe in the same way as the death of the starter does.
  test('kills what does not end in time', async () => {
    const child = await deaf('TERM');
    const watchdog = watch({ pid: child.pid as number, signal: 'TERM', patienceMs: 300 });
    const exit = once(child, 'exit');

    await watchdog.dismiss();

    expect(await exit).toEqual([null, 'SIGKILL']);
  });

  test('ends the whole group of a process, also what that process left behind', async () => {
    const child = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!'], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];

    await watch({ pid: child.pid as number, group: true, signal: 'TERM', patienceMs: 5000 }).dismiss();

    expect(isRunning(Number(line))).toBe(false);
  });

  test('leaves a process alone whose id is no longer in the pid file', async () => {
    const child = await deaf('HUP');
    const pidFile = join(folder, 'pid');
    writeFileSync(pidFile, '1\n');

    await watch({ pid: child.pid as number, signal: 'TERM', patienceMs: 300, pidFile }).dismiss();

    expect(child.exitCode ?? child.signalCode).toBeNull();
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  test('has nothing to do when the process is gone', async () => {
    const child = spawn('true');
    await once(child, 'exit');

    await watch({ pid: child.pid as number, signal: 'TERM', patienceMs: 60_000 }).dismiss();
  });
});
