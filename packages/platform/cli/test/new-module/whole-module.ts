import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeModule } from '../../src/new-module/make-module.js';
import { miniature } from '../rules/miniature.js';

const PACKAGE = path.join(import.meta.dirname, '../..');

/**
 * A module fresh from the template, among this repository's platform. It lies inside this package, whose development
 * dependencies are the template's dependencies: what it imports is found there, and nothing needs to be installed.
 */
export interface WholeModule {
  readonly folder: string;
  /** Runs a program of node_modules/.bin in the module's folder. Raises its output when it fails. */
  run(program: string, args: readonly string[]): void;
  write(file: string, content: string): void;
  remove(): void;
}

export function wholeModule(name: string): WholeModule {
  mkdirSync(path.join(PACKAGE, '.macrolith'), { recursive: true });
  const root = mkdtempSync(path.join(PACKAGE, '.macrolith/new-module-'));
  cpSync(miniature('graph'), root, { recursive: true });
  rmSync(path.join(root, 'packages/platform'), { recursive: true });
  const { folder } = makeModule({ root, name, owner: 'team-new', now: new Date() });
  symlinkSync(path.join(PACKAGE, '..'), path.join(root, 'packages/platform'));

  const absolute = path.join(root, folder);
  return {
    folder: absolute,
    run: (program, args) => run(path.join(PACKAGE, 'node_modules/.bin', program), args, absolute),
    write: (file, content) => writeFileSync(path.join(absolute, file), content),
    remove: () => rmSync(root, { recursive: true }),
  };
}

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
  });
  if (status !== 0) throw new Error(`${path.basename(program)} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}
