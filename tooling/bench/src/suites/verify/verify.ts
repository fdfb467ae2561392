import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Contender, Suite } from '../../harness/comparison.js';
import { withWorkspace } from './generated-workspace.js';

const MACRO = installed('@macrolith/cli/bin/macro.js');
const DEPENDENCY_CRUISER = installed('dependency-cruiser/bin/dependency-cruiser.mjs');

const FULL_SIZE = 100;
const QUICK_SIZE = 10;
const ROUNDS = 9;

/** How long it takes to know that no boundary is crossed. */
export const verify: Suite = {
  name: 'verify',
  run(run, { quick }) {
    const modules = quick ? QUICK_SIZE : FULL_SIZE;
    return withWorkspace(modules, (root) =>
      run({
        suite: 'verify',
        case: `${modules} modules`,
        metric: 'time of the command',
        unit: 'ms',
        rounds: ROUNDS,
        warmUpRounds: 0,
        ours: command('macro verify', root, [MACRO, 'verify', '--root', root]),
        peers: [
          command('dependency-cruiser alone', root, [DEPENDENCY_CRUISER, '--output-type', 'err', 'packages', 'apps']),
        ],
      }),
    );
  },
};

/** A Node program, from its start to its end. It must find nothing wrong. */
function command(name: string, folder: string, args: readonly string[]): Contender {
  return {
    name,
    sample: () =>
      new Promise((resolve, reject) => {
        const start = performance.now();
        execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
          if (error === null) resolve(performance.now() - start);
          else reject(new Error(`${name} failed in the generated workspace:\n${stdout}${stderr}`));
        });
      }),
  };
}

function installed(path: string): string {
  return fileURLToPath(new URL(`../../../node_modules/${path}`, import.meta.url));
}
