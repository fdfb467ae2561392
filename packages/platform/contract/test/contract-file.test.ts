import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

const bin = fileURLToPath(new URL('../bin/macrolith-contract.js', import.meta.url));
const built = new URL('../dist/index.js', import.meta.url).href;

const port = (name: string) => `class extends Port({ name: '${name}', version: '1.0.0', operations: {
  count: query({ output: z.object({ b: z.int(), a: z.int() }) }),
} }) {}`;

let folder: string;

beforeAll(async () => {
  await access(fileURLToPath(built)).catch(() => {
    throw new Error('This package is not built, and its command runs from dist: run pnpm build first.');
  });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'macrolith-contract-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function writeIndex(source: string): Promise<void> {
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'dist/index.js'), `import { Port, query, z } from '${built}';\n${source}`);
}

async function run(): Promise<{ code: number; stderr: string }> {
  try {
    const { stderr } = await promisify(execFile)(process.execPath, [bin], { cwd: folder });
    return { code: 0, stderr };
  } catch (failure) {
    return failure as { code: number; stderr: string };
  }
}

describe('macrolith-contract', () => {
  it('writes the public port of a built package to contract.json', async () => {
    await writeIndex(`export const Book = ${port('shelf.book')};\nexport const Shelf = ${port('shelf')};`);
    expect(await run()).toEqual({ code: 0, stderr: '' });
    const text = await readFile(join(folder, 'contract.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ name: 'shelf', operations: { count: { kind: 'query' } } });
    expect(text).toMatch(/"a": \{[\s\S]*"b": \{[\s\S]*\}\n$/);
  });

  it('writes the same bytes again', async () => {
    await writeIndex(`export const Shelf = ${port('shelf')};\nexport { Shelf as Again };`);
    await run();
    const first = await readFile(join(folder, 'contract.json'));
    await run();
    expect(await readFile(join(folder, 'contract.json'))).toEqual(first);
  });

  const failures: [string, string | undefined, RegExp][] = [
    ['there is no build', undefined, /dist\/index\.js does not exist: build the package first/],
    ['nothing is exported', 'export const nothing = 1;', /exports no public port: export the class/],
    ['only a private port is exported', `export const Book = ${port('shelf.book')};`, /exports no public port/],
    [
      'two public ports are exported',
      `export const A = ${port('a')};\nexport const B = ${port('b')};`,
      /the ports of 'a' and 'b'/,
    ],
    ['the package does not load', 'throw new Error("no luck");', /cannot be loaded: no luck/],
  ];
  it.each(failures)('fails with one sentence when %s', async (_, source, sentence) => {
    if (source !== undefined) await writeIndex(source);
    const { code, stderr } = await run();
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    await expect(access(join(folder, 'contract.json'))).rejects.toThrow();
  });
});
