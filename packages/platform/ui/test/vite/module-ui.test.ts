import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BuiltUi } from '@macrolith/ui/manifest';
import { FixtureWorkspace } from '../fixtures/fixture-workspace.js';

let workspace: FixtureWorkspace;

beforeAll(() => {
  workspace = new FixtureWorkspace();
});

afterAll(() => workspace.remove());

const read = (module: string, file: string) => readFileSync(new URL(file, workspace.ui(module)));
const manifestOf = (module: string) => JSON.parse(read(module, 'manifest.json').toString()) as BuiltUi;

describe('The build of a module’s UI', () => {
  test('writes one hashed script with the kit left out, and a manifest of it', async () => {
    workspace.add('library');
    await workspace.build('library');

    const built = manifestOf('library');
    const script = read('library', built.entry).toString();
    expect(built).toMatchObject({ format: 1, module: 'library', version: '1.2.0' });
    expect(built.entry).toMatch(/^index-[\w-]{8}\.js$/);
    expect(built.routes.map(({ path }) => path)).toContain('/library/:bookId');
    expect(script).toMatch(/from\s*["']@macrolith\/ui["']/);
    expect(script).not.toContain('litElementVersions');
    expect(script).not.toMatch(/^\s+(async|private|return)\b.*;\n/m);
    expect(script).toContain('//# sourceMappingURL=');
  });

  test('describes every file by its true size and digest, with compressed copies', () => {
    const built = manifestOf('library');

    for (const { path, bytes, integrity } of built.files) {
      const content = read('library', path);
      expect(content.length).toBe(bytes);
      expect(integrity).toBe(`sha384-${createHash('sha384').update(content).digest('base64')}`);
    }
    const entry = built.files.find(({ path }) => path === built.entry)!;
    expect(entry.encodings).toEqual(['br', 'gzip']);
    expect(brotliDecompressSync(read('library', `${entry.path}.br`))).toEqual(read('library', entry.path));
    expect(gunzipSync(read('library', `${entry.path}.gz`))).toEqual(read('library', entry.path));
    const listed = built.files.flatMap(({ path, encodings }) => [
      path,
      ...encodings.map((encoding) => `${path}.${encoding === 'br' ? 'br' : 'gz'}`),
    ]);
    expect(readdirSync(workspace.ui('library')).sort()).toEqual([...listed, 'manifest.json'].sort());
  });

  test('names a file by its content: the same again for the same, another for another', async () => {
    const before = manifestOf('library').entry;
    await workspace.build('library');
    expect(manifestOf('library').entry).toBe(before);

    const page = join(workspace.folder, 'library/ui/broken-page.ts');
    writeFileSync(page, readFileSync(page, 'utf8').replace('<p>', '<p class="note">'));
    await workspace.build('library');
    expect(manifestOf('library').entry).not.toBe(before);
  });

  test('stops with the reasons when the definition cannot be shown', async () => {
    const root = workspace.add('lending', 'wrong');
    const manifest = join(root, 'ui/manifest.ts');
    writeFileSync(
      manifest,
      readFileSync(manifest, 'utf8').replace("path: '/lending', element", "path: '/orders', element"),
    );

    await expect(workspace.build('wrong')).rejects.toThrow(/must begin with '\/lending'/);
  });

  test('stops when there is no definition', async () => {
    const root = workspace.add('lending', 'undefined-ui');
    writeFileSync(join(root, 'ui/manifest.ts'), 'export default {};');

    await expect(workspace.build('undefined-ui')).rejects.toThrow(/not made by defineUi/);
  });
});
