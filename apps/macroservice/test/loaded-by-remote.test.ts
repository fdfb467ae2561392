import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const PROGRAM = fileURLToPath(new URL('./programs/tell-what-is-loaded.js', import.meta.url));
const MODULES = ['analytics', 'catalog', 'fraud', 'inventory', 'notifications', 'orders', 'payments', 'shipping'];
/** What only a process needs that has the module's tables. */
const OF_THE_PROVIDER =
  /\/(typeorm|pg|platform\/data)\/|\.entity\.js$|\/migrations\/|\/modules\/.*(\.service|\/local)\.js$/;

async function loadedBy(specifier: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, specifier], {
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 10_000_000,
  });
  return JSON.parse(stdout);
}

test.each(MODULES)('what calls %s elsewhere loads neither TypeORM nor anything of its tables', async (module) => {
  const loaded = await loadedBy(`@macrolith/${module}/remote`);

  expect(loaded.some((url) => url.endsWith(`/${module}/dist/manifest.js`))).toBe(true);
  expect(loaded.filter((url) => OF_THE_PROVIDER.test(url))).toEqual([]);
});

test('what provides a module does load them', async () => {
  const loaded = await loadedBy('@macrolith/catalog/local');

  expect(loaded.filter((url) => OF_THE_PROVIDER.test(url)).length).toBeGreaterThan(100);
});
