import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { macro } from '../commands/macro.js';
import { miniature } from '../rules/miniature.js';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'macrolith-new-'));
  cpSync(miniature('graph'), root, { recursive: true });
  writeFileSync(path.join(root, 'tsconfig.json'), '{ "files": [], "references": [{ "path": "apps/shell" }] }\n');
  writeFileSync(path.join(root, 'apps/shell/tsconfig.json'), '{\n  // Kept.\n  "references": [\n  ]\n}\n');
});

afterEach(() => rmSync(root, { recursive: true }));

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const newModule = (...args: string[]) => macro(['new', 'module', ...args, '--root', root]);

test('the module stands in the workspace, and the shell depends on it', async () => {
  const { code, out } = await newModule('gift-cards', '--owner', 'team-gifts');

  expect({ code, out }).toEqual({
    code: 0,
    out: `✓ @shop/gift-cards is made in packages/modules/gift-cards: 22 files, owner team-gifts.
  apps/shell depends on it now. Bind it with this line in apps/shell/src/app.module.ts:

    import { GiftCardsModule } from '@shop/gift-cards/local';

  and GiftCardsModule in its list of imports.

  Then: pnpm install && pnpm start, and open /gift-cards.
`,
  });
  expect(JSON.parse(read('packages/modules/gift-cards/package.json')).name).toBe('@shop/gift-cards');
  expect(Object.keys(JSON.parse(read('apps/shell/package.json')).dependencies)).toEqual([
    '@shop/catalog',
    '@shop/gift-cards',
    '@shop/orders',
  ]);
  expect(read('tsconfig.json')).toContain('{ "path": "packages/modules/gift-cards" }]');
  expect(read('apps/shell/tsconfig.json')).toContain('// Kept.');
  expect(read('apps/shell/tsconfig.json')).toContain('{ "path": "../../packages/modules/gift-cards" }\n  ]');
});

test('no placeholder is left, in a name or in a file', async () => {
  await newModule('gift-cards');
  const folder = path.join(root, 'packages/modules/gift-cards');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    expect(file).not.toMatch(/__/);
    if (path.extname(file)) expect(readFileSync(path.join(folder, file), 'utf8')).not.toMatch(/__\w+__/);
  }
});

test('it keeps every boundary, with its owner', async () => {
  await newModule('gift-cards', '--owner', 'team-gifts');
  expect(await macro(['verify', '--root', root])).toMatchObject({ code: 0 });
  const graph = JSON.parse((await macro(['graph', '--root', root, '--json'])).out);
  expect(graph.modules).toContainEqual({
    name: 'gift-cards',
    package: '@shop/gift-cards',
    owner: 'team-gifts',
    schema: 'gift_cards',
    uses: [],
    hears: [],
    workflows: [],
  });
});

test('a shell that lists its modules in a file of its own needs one line', async () => {
  writeFileSync(path.join(root, 'apps/shell/src/modules.ts'), '');
  const { out } = await newModule('gift-cards', '--json');
  expect(JSON.parse(out).binding).toEqual({
    file: 'apps/shell/src/modules.ts',
    line: "export { GiftCardsModule } from '@shop/gift-cards/local';",
  });
});

describe('a name that cannot be used is refused with one sentence, and nothing is written', () => {
  test.each([
    ['GiftCards', /cannot name a module\. Use up to 30 lower-case letters/],
    ['gift_cards', /cannot name a module/],
    ['gift--cards', /cannot name a module/],
    ['1st', /cannot name a module/],
    ['../escape', /cannot name a module/],
    ['a'.repeat(31), /cannot name a module/],
    ['app', /a database role of the platform has that name/],
    ['pg-stats', /PostgreSQL keeps schemas that begin with pg_/],
    ['delete', /TypeScript keeps that word to itself/],
    ['order', /SQL keeps that word to itself/],
    ['database', /the code of a new module gives that name to something else/],
    ['docs', /the shell serves something at that path/],
    ['catalog', /packages\/modules\/catalog exists already: nothing was changed/],
    ['core', /@shop\/core is the package in packages\/platform\/core already/],
  ])('%s', async (name, sentence) => {
    const before = read('apps/shell/package.json');
    const { code, out, err } = await newModule(name);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
    expect(err.trimEnd()).not.toContain('\n');
    expect(read('apps/shell/package.json')).toBe(before);
    expect(readdirSync(path.join(root, 'packages/modules'))).toEqual(['catalog', 'orders']);
  });

  test('a tsconfig that cannot be extended stops it before the first file', async () => {
    writeFileSync(path.join(root, 'tsconfig.json'), '{}');
    const { code, err } = await newModule('gift-cards');
    expect(code).toBe(2);
    expect(err).toMatch(/has no list of "references"/);
    expect(existsSync(path.join(root, 'packages/modules/gift-cards'))).toBe(false);
  });

  test('an owner that would break the manifest', async () => {
    expect(await newModule('gift-cards', '--owner', "a'b")).toMatchObject({ code: 2 });
    expect(await newModule('gift-cards', '--owner', ' ')).toMatchObject({ code: 2 });
  });
});
