import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { WorkspaceCopy } from './workspace-copy.ts';

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

let copy: WorkspaceCopy;

beforeAll(() => {
  copy = new WorkspaceCopy();
});

afterAll(() => copy[Symbol.dispose]());

beforeEach(() => copy.reset());

/** The packages whose tests `turbo run test --affected` would run. */
function affected(): string[] {
  const plan = JSON.parse(copy.run('turbo', 'run', 'test', '--affected', '--dry=json')) as {
    tasks: { task: string; package: string; command: string }[];
  };
  const tests = plan.tasks.filter(({ task, command }) => task === 'test' && command !== '<NONEXISTENT>');
  return tests.map((task) => task.package).sort();
}

/** The package and everything that depends on it, read from the package.json files. */
function withDependents(name: string): string[] {
  const manifests = ['apps', 'packages/platform', 'packages/modules', 'tooling'].flatMap((parent) =>
    readdirSync(join(copy.root, parent)).map(
      (folder) => JSON.parse(readFileSync(join(copy.root, parent, folder, 'package.json'), 'utf8')) as Manifest,
    ),
  );
  const found = new Set([name]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const manifest of manifests) {
      const needed = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies };
      if (Object.keys(needed).some((dependency) => found.has(dependency))) found.add(manifest.name);
    }
  }
  return [...found].sort();
}

describe('turbo run test --affected', () => {
  test('runs nothing when nothing has changed', () => {
    expect(affected()).toEqual([]);
  });

  test('runs the tests of an edited module and of its dependents only, before it is committed', () => {
    appendFileSync(join(copy.root, 'packages/modules/catalog/src/index.ts'), '// edited\n');

    expect(affected()).toEqual(withDependents('@macrolith/catalog'));
    expect(affected()).toEqual(expect.arrayContaining(['@macrolith/catalog', '@macrolith/orders', '@macrolith/shell']));
    expect(affected()).not.toContain('@macrolith/inventory');
  });

  test('runs the same after the edit was committed to a branch', () => {
    copy.git('checkout', '--quiet', '-b', 'edit');
    appendFileSync(join(copy.root, 'packages/modules/payments/src/index.ts'), '// edited\n');
    copy.commit();

    expect(affected()).toEqual(withDependents('@macrolith/payments'));
    expect(affected()).not.toContain('@macrolith/catalog');
  });

  test('runs the tests of the shell alone, with what starts it, when only the shell was edited', () => {
    appendFileSync(join(copy.root, 'apps/shell/src/main.ts'), '// edited\n');

    expect(affected()).toEqual(withDependents('@macrolith/shell'));
  });

  test('runs what tests an example when only an example was edited, although it is in no package', () => {
    appendFileSync(join(copy.root, 'examples/python/README.md'), 'edited\n');

    expect(affected()).toEqual(['@macrolith/polyglot']);
  });
});
