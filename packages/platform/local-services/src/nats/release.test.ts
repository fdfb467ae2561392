import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { downloadRelease, RELEASE, releasedProgram } from './release.ts';

let folder: string;
let cache: string;
let served: Map<string, Buffer>;
let server: Server;
let releases: string;
let name: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'release-test-'));
  cache = join(folder, 'cache');
  name = basename(dirname(releasedProgram(cache)));
  served = new Map();
  server = createServer((request, response) => {
    const file = served.get(request.url ?? '');
    response.writeHead(file === undefined ? 404 : 200).end(file);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  releases = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Serves a release whose program is a shell script, and the list of sums that goes with it. */
function release(sum?: string): void {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'nats-server'), '#!/bin/sh\necho served\n', { mode: 0o755 });
  execFileSync('tar', ['-czf', join(folder, 'archive'), '-C', folder, name]);
  const archive = readFileSync(join(folder, 'archive'));
  const actual = createHash('sha256').update(archive).digest('hex');
  served.set(`/${RELEASE}/${name}.tar.gz`, archive);
  const sums = `${'0'.repeat(64)}  another.tar.gz\n${sum ?? actual}  ${name}.tar.gz\n`;
  served.set(`/${RELEASE}/SHA256SUMS`, Buffer.from(sums));
}

describe('The official release of nats-server', () => {
  test('is unpacked into the cache when it is the one that its list of sums names', async () => {
    release();

    expect(await downloadRelease(cache, releases)).toBeUndefined();

    expect(execFileSync(releasedProgram(cache), { encoding: 'utf8' })).toBe('served\n');
    expect(readdirSync(cache)).toEqual([name]);
  });

  test('is thrown away when it is another one', async () => {
    release('f'.repeat(64));

    const reason = await downloadRelease(cache, releases);

    expect(reason).toMatch(/^the SHA-256 of .* is [0-9a-f]{64}, but the release lists f{64}$/);
    expect(existsSync(releasedProgram(cache))).toBe(false);
    expect(readdirSync(cache)).toEqual([]);
  });

  test('is missed with the address that has none', async () => {
    expect(await downloadRelease(cache, releases)).toMatch(/\/v[\d.]+\/.* answers 404$/);
  });
});
