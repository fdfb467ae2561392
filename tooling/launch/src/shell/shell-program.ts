import { join } from 'node:path';
import { FROM_SOURCE } from '@macrolith/jest/from-source';
import type { Program } from '../process/program.ts';
import type { Environment } from '../start/prepare.ts';

/** The package that the shell is. */
export const SHELL_PACKAGE = '@macrolith/shell';

/** The log of a shop that somebody tries out is quiet, and the shop not empty, unless they say otherwise. */
const PREFERENCES = { LOG_LEVEL: 'warn', MACROLITH_SEED: 'true' };

/** Node keeps compiled code there from start to start: a start takes a seventh less time. */
const COMPILE_CACHE = join('node_modules', '.cache', 'macrolith', 'compiled');

/** The shell as it was built. */
export function builtShell(root: string, environment: Environment): Program {
  return {
    file: join(root, 'apps', 'shell', 'dist', 'main.js'),
    folder: root,
    environment: surroundings(root, environment),
  };
}

/** The shell straight from its sources, and those of all packages: no build stands between a save and its effect. */
export function shellFromSources(root: string, environment: Environment): Program {
  return {
    file: join(root, 'apps', 'shell', 'src', 'main.ts'),
    nodeOptions: FROM_SOURCE,
    folder: root,
    environment: surroundings(root, environment),
  };
}

function surroundings(root: string, environment: Environment): Environment {
  return { ...PREFERENCES, NODE_COMPILE_CACHE: join(root, COMPILE_CACHE), ...environment };
}
