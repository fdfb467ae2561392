import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findChromium } from './find-chromium.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'find-chromium-test-'));
  program(join(folder, 'a', 'google-chrome'));
  program(join(folder, 'b', 'chromium'));
  program(join(folder, 'named', 'my-chromium'));
  mkdirSync(join(folder, 'c', 'chromium'), { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

function program(path: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  chmodSync(path, 0o755);
}

describe('Chromium', () => {
  test('is the one that the environment names', async () => {
    const environment = { CHROMIUM: join(folder, 'named', 'my-chromium'), PATH: join(folder, 'b') };

    expect(await findChromium({ environment })).toBe(join(folder, 'named', 'my-chromium'));
  });

  test('is refused, not replaced, when the environment names a file that is no program', async () => {
    const environment = { CHROMIUM: join(folder, 'nowhere'), PATH: join(folder, 'b') };

    await expect(findChromium({ environment })).rejects.toMatchObject({
      code: 'no-chromium',
      message: expect.stringContaining(`CHROMIUM is ${join(folder, 'nowhere')}`),
    });
  });

  test('comes from PATH, itself before its siblings, and is never a folder of that name', async () => {
    const environment = { PATH: ['c', 'a', 'b'].map((name) => join(folder, name)).join(':') };

    expect(await findChromium({ environment })).toBe(join(folder, 'b', 'chromium'));
  });

  test('is a sibling where PATH has no other', async () => {
    expect(await findChromium({ environment: { PATH: join(folder, 'a') } })).toBe(join(folder, 'a', 'google-chrome'));
  });
});
