import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { WorkspaceCopy } from './workspace-copy.ts';

let copy: WorkspaceCopy;

beforeAll(() => {
  copy = new WorkspaceCopy();
});

afterAll(() => copy[Symbol.dispose]());

beforeEach(() => copy.reset());

function versions(): Map<string, string> {
  const folders = ['packages/platform', 'packages/modules'].flatMap((parent) =>
    readdirSync(join(copy.root, parent)).map((name) => join(copy.root, parent, name)),
  );
  return new Map(
    folders.map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return [name, version];
    }),
  );
}

/** What kind of release each package gets that changes its version when this is the only change since the last one. */
function release(name: string, kind: 'patch' | 'minor' | 'major'): Record<string, string> {
  for (const waiting of pendingChanges()) rmSync(waiting);
  const before = versions();
  writeFileSync(join(copy.root, '.changeset/edit.md'), `---\n'${name}': ${kind}\n---\n\nAn edit.\n`);
  copy.run('changeset', 'version');
  const changed = [...versions()].filter(([changedName, version]) => before.get(changedName) !== version);
  return Object.fromEntries(
    changed.map(([changedName, version]) => [changedName, kindOf(before.get(changedName) as string, version)]),
  );
}

/** What changed in the workspace itself since its last release. */
function pendingChanges(): string[] {
  const folder = join(copy.root, '.changeset');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => join(folder, name));
}

function kindOf(before: string, after: string): string {
  const [oldMajor, oldMinor] = before.split('.');
  const [newMajor, newMinor] = after.split('.');
  if (oldMajor !== newMajor) return 'major';
  return oldMinor === newMinor ? 'patch' : 'minor';
}

describe('A release', () => {
  test('of a patch is the release of that package alone', () => {
    expect(release('@macrolith/contract', 'patch')).toEqual({ '@macrolith/contract': 'patch' });
  });

  test('that leaves the range of its dependents draws them in as patches, never as majors', () => {
    const { '@macrolith/contract': itself, ...dependents } = release('@macrolith/contract', 'minor');

    expect(itself).toBe('minor');
    expect(dependents).toMatchObject({ '@macrolith/core': 'patch', '@macrolith/catalog': 'patch' });
    expect(new Set(Object.values(dependents))).toEqual(new Set(['patch']));
  });
});
