import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findNatsServer } from './find-nats-server.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-nats-test-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function program(path: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

describe('nats-server', () => {
  test('is the one that the environment names', async () => {
    const named = program(join(folder, 'named', 'nats'));
    program(join(folder, 'bin', 'nats-server'));

    const environment = { MACROLITH_NATS_SERVER: named, PATH: join(folder, 'bin') };

    expect(await findNatsServer({ environment })).toBe(named);
  });

  test('is refused, not replaced, when the environment names a file that is no program', async () => {
    program(join(folder, 'bin', 'nats-server'));
    const environment = { MACROLITH_NATS_SERVER: join(folder, 'nowhere'), PATH: join(folder, 'bin') };

    await expect(findNatsServer({ environment })).rejects.toMatchObject({
      code: 'no-nats-server',
      message: expect.stringContaining(`MACROLITH_NATS_SERVER is ${join(folder, 'nowhere')}`),
    });
  });

  test('comes from PATH before one that was brought', async () => {
    program(join(folder, 'macrolith', 'nats-server-debian', 'usr', 'sbin', 'nats-server'));
    const onPath = program(join(folder, 'bin', 'nats-server'));

    expect(await findNatsServer({ environment: { XDG_CACHE_HOME: folder, PATH: join(folder, 'bin') } })).toBe(onPath);
  });

  test('is the one that was brought before', async () => {
    const brought = program(join(folder, 'macrolith', 'nats-server-debian', 'usr', 'sbin', 'nats-server'));

    expect(await findNatsServer({ environment: { XDG_CACHE_HOME: folder, PATH: '' } })).toBe(brought);
  });

  test('is missed in one sentence that says what to do', async () => {
    await expect(findNatsServer({ environment: { XDG_CACHE_HOME: folder, PATH: '' } })).rejects.toMatchObject({
      code: 'no-nats-server',
      message:
        'No nats-server: none was found on PATH; install nats-server, or set MACROLITH_NATS_SERVER to the path of one.',
    });
  });
});
