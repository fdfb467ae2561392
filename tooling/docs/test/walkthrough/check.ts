import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { WorkspaceCopy } from './workspace-copy.ts';

/** The package's sources and its tests, against the sources of what it uses. */
const CONFIG = `{
  "extends": "./tsconfig.json",
  "compilerOptions": {
    "composite": false,
    "declaration": false,
    "declarationMap": false,
    "noEmit": true,
    "rootDir": "../../..",
    "lib": ["ES2024", "ESNext.Disposable", "DOM"],
    "allowImportingTsExtensions": true
  },
  "include": ["src", "test"],
  "references": []
}
`;

/** Checks the style of a package, and the types of it and its tests, which Jest does not. Raises what is wrong. */
export function check(copy: WorkspaceCopy, folder: string): void {
  copy.write(join(folder, 'tsconfig.check.json'), CONFIG);
  run(copy, 'tsc', '-p', join(folder, 'tsconfig.check.json'));
  run(copy, 'biome', 'check', join(folder, 'src'), join(folder, 'test'), join(folder, 'ui'));
}

function run(copy: WorkspaceCopy, program: string, ...programArguments: string[]): void {
  const { status, stdout, stderr } = spawnSync(join(copy.root, 'node_modules/.bin', program), programArguments, {
    cwd: copy.root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${program} is not content:\n${stdout}${stderr}`);
}
