import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

it('The example of the README prints what the README says', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [, example, printed] = /```ts\n([\s\S]*?)```\n\nprints\n\n```\n([\s\S]*?)```/.exec(readme)!;
  const folder = await mkdtemp(join(tmpdir(), 'macrolith-readme-'));
  try {
    const built = new URL('../dist/index.js', import.meta.url).href;
    await writeFile(join(folder, 'example.ts'), example!.replace("'@macrolith/contract'", `'${built}'`));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    const { stdout } = await promisify(execFile)(process.execPath, ['example.ts'], { cwd: folder });
    expect(stdout).toBe(printed);
  } finally {
    await rm(folder, { recursive: true });
  }
});
