import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, isRunning, type TestDatabase } from '@macrolith/local-services';
import { Command, eventually } from './command.ts';

const DEV = fileURLToPath(new URL('./programs/dev-server.ts', import.meta.url));
const SERVER = fileURLToPath(new URL('./programs/server.ts', import.meta.url));

let root: string;
let database: TestDatabase;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'dev-test-'));
  chmodSync(root, 0o755);
  for (const folder of ['apps/shell', 'packages/modules/catalog']) {
    mkdirSync(join(root, folder, 'src'), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), '{ "type": "module" }');
  }
  cpSync(SERVER, join(root, 'apps/shell/src/main.ts'));
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  program('tsc', 'exit 0');
  database = await createTestDatabase();
});

afterEach(async () => {
  await database.drop();
  rmSync(root, { recursive: true, force: true });
});

function program(name: string, script: string): void {
  const file = join(root, 'node_modules/.bin', name);
  // The one that is there may be starting right now, and then cannot be written to.
  writeFileSync(`${file}.new`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  renameSync(`${file}.new`, file);
}

function save(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function startDev(): Command {
  return new Command(DEV, [root], { PORT: '0', JOURNAL: join(root, 'journal'), DATABASE_URL: database.url });
}

function listeningPids(): number[] {
  const lines = readFileSync(join(root, 'journal'), 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('listening')).map((line) => Number(line.split(' ')[1]));
}

async function end(command: Command): Promise<void> {
  command.process.kill('SIGINT');
  expect(await command.ended()).toBe(0);
  expect(listeningPids().filter(isRunning)).toEqual([]);
}

describe('The development loop', () => {
  test('restarts the program on a save of any package, at the same address', async () => {
    const command = startDev();
    const url = await command.url();

    save('packages/modules/catalog/src/product.ts', 'export {};');
    await eventually(() => listeningPids().length === 2);
    await eventually(() => command.output.includes('packages/modules/catalog/src/product.ts · restarted'));

    expect((await fetch(url)).ok).toBe(true);
    expect(listeningPids().filter(isRunning)).toHaveLength(1);
    await end(command);
  });

  test('takes several saves at once as one change, and does not restart for a test', async () => {
    const command = startDev();
    await command.url();

    save('packages/modules/catalog/src/product.test.ts', 'export {};');
    for (const name of ['a', 'b', 'c']) save(`packages/modules/catalog/src/${name}.ts`, 'export {};');
    await eventually(() => command.output.includes('and 2 more · restarted'));

    expect(listeningPids()).toHaveLength(2);
    await end(command);
  });

  test('shows why a program does not start, waits, and serves again after the next save', async () => {
    const command = startDev();
    await command.url();
    const source = readFileSync(SERVER, 'utf8');

    save('apps/shell/src/main.ts', 'throw new Error("half a thought");');
    await eventually(() => command.output.includes('Waiting for the next save'));
    expect(command.output).toContain('half a thought');
    save('apps/shell/src/main.ts', source);
    await eventually(() => listeningPids().length === 2);

    await end(command);
  });

  test('shows type errors without holding up the restart', async () => {
    const command = startDev();
    await command.url();

    program('tsc', 'echo "product.ts(1,1): error TS2322: not assignable"; exit 1');
    save('packages/modules/catalog/src/product.ts', 'export {};');
    await eventually(() => command.output.includes('error TS2322'));
    program('tsc', 'exit 0');
    save('packages/modules/catalog/src/product.ts', 'export {}; //');
    await eventually(() => command.output.includes('Types are right again'));

    await end(command);
  });

  test('builds browser assets before the restart that serves them', async () => {
    save('packages/modules/catalog/vite.config.ts', '');
    save('packages/modules/catalog/ui/index.ts', '');
    mkdirSync(join(root, 'packages/modules/catalog/node_modules/.bin'), { recursive: true });
    const vite = join(root, 'packages/modules/catalog/node_modules/.bin/vite');
    writeFileSync(vite, `#!/bin/sh\necho "built in $PWD" >> ${join(root, 'journal')}\n`, { mode: 0o755 });
    const command = startDev();
    await command.url();

    save('packages/modules/catalog/ui/index.ts', '// changed');
    await eventually(() => listeningPids().length === 2);

    const lines = readFileSync(join(root, 'journal'), 'utf8').split('\n');
    const builtAt = lines.indexOf(`built in ${join(root, 'packages/modules/catalog')}`);
    expect(builtAt).toBeGreaterThan(0);
    expect(lines.findLastIndex((line) => line.startsWith('listening'))).toBeGreaterThan(builtAt);
    await end(command);
  });
});
