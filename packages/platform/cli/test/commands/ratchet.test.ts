import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { miniature } from '../rules/miniature.js';
import { macro } from './macro.js';

let folder: string;
let service: string;
let ratchet: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'macrolith-ratchet-'));
  cpSync(miniature('only-apps-bind/broken'), folder, { recursive: true });
  service = path.join(folder, 'packages/modules/orders/src/orders.service.ts');
  ratchet = path.join(folder, 'boundaries.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

const verify = (...args: string[]) => macro(['verify', '--root', folder, '--ratchet', ratchet, ...args]);

test('known violations stay, and survive that lines move', async () => {
  expect(await verify('--update-ratchet')).toMatchObject({
    code: 0,
    out: `${ratchet} holds 3 known violations now.\n`,
  });
  expect(readFileSync(ratchet, 'utf8')).not.toContain('"line"');

  writeFileSync(service, `// Moved down.\n\n${readFileSync(service, 'utf8')}`);

  const { code, out } = await verify();
  expect(code).toBe(0);
  expect(out).toContain('✓ No new violation');
  expect(out).toContain('3 known violations in the ratchet file may stay for now.');
});

test('a new violation is forbidden, also one more of a known kind in the same file', async () => {
  await verify('--update-ratchet');
  writeFileSync(
    service,
    `import '@shop/catalog/local';\nimport '@shop/catalog/remote';\n${readFileSync(service, 'utf8')}`,
  );

  const { code, out } = await verify('--json', '--rule', 'only-apps-bind', 'public-index-only');
  const report = JSON.parse(out);
  expect(code).toBe(1);
  expect(report.known).toHaveLength(3);
  expect(report.violations).toHaveLength(2);
});

test('a vanished violation is told, so that the file shrinks; it is no failure', async () => {
  await verify('--update-ratchet');
  writeFileSync(
    service,
    "import { FakeCatalog } from '@shop/catalog/testing';\n\nexport const bound = [FakeCatalog];\n",
  );

  const { code, out } = await verify();
  expect(code).toBe(0);
  expect(out).toContain(
    '1 known violation vanished; run with --update-ratchet, so that the ratchet file shrinks:\n' +
      '  only-apps-bind  packages/modules/orders/src/orders.service.ts  @shop/catalog/local',
  );

  await verify('--update-ratchet');
  expect(JSON.parse(readFileSync(ratchet, 'utf8')).violations).toHaveLength(2);
});

test('a rule that is not asked for has not vanished', async () => {
  await verify('--update-ratchet');
  expect((await verify('--rule', 'layers')).out).not.toContain('vanished');
});

test('known violations are suppressed results in SARIF', async () => {
  await verify('--update-ratchet');
  const { code, out } = await verify('--format', 'sarif');
  expect(code).toBe(0);
  expect(JSON.parse(out).runs[0].results.map((result: { suppressions: unknown }) => result.suppressions)).toEqual(
    Array(3).fill([{ kind: 'external', justification: 'Known in the ratchet file.' }]),
  );
});

test.each([
  ['{', /cannot be read as JSON/],
  ['[]', /is no ratchet file/],
  ['{"violations":[{"rule":1}]}', /is no ratchet file/],
])('a damaged ratchet file is refused: %s', async (content, sentence) => {
  writeFileSync(ratchet, content);
  const { code, err } = await verify();
  expect(code).toBe(2);
  expect(err).toMatch(sentence);
});
