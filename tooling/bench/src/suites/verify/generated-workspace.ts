import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { planModules } from '../start-up/synthetic/module-plan.js';
import { type Files, moduleFiles, portName, SCOPE } from './module-files.js';

const PLATFORM = ['contract', 'core', 'data'];
const LIBRARIES = ['@nestjs/common', '@nestjs/typeorm', 'typeorm'];
/** The libraries that this package has installed. */
const INSTALLED = fileURLToPath(new URL('../../../node_modules/', import.meta.url));

/** Hands `work` the root of a workspace of `count` modules and a shell, which is gone afterwards. */
export async function withWorkspace<T>(count: number, work: (root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(await realpath(tmpdir()), 'macrolith-bench-'));
  try {
    await writeWorkspace(root, count);
    return await work(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function writeWorkspace(root: string, count: number): Promise<void> {
  const plans = planModules(count);
  const names = plans.map(({ name }) => name);
  await writeFiles(root, {
    'package.json': JSON.stringify({ name: 'generated', private: true, type: 'module' }),
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/platform/*\n  - packages/modules/*\n',
    '.dependency-cruiser.js': DEPENDENCY_CRUISER,
  });
  for (const name of PLATFORM) await writeMember(root, `packages/platform/${name}`, name, platformFiles(name));
  for (const plan of plans) {
    const uses = plan.uses.map((position) => names[position]!);
    await writeMember(root, `packages/modules/${plan.name}`, plan.name, moduleFiles(plan, uses));
  }
  await writeFiles(join(root, 'apps/shell'), shellFiles(names));
  for (const library of LIBRARIES) await link(join(INSTALLED, library), join(root, 'node_modules', library));
}

async function writeMember(root: string, folder: string, name: string, files: Files): Promise<void> {
  await writeFiles(join(root, folder), files);
  await link(join(root, folder), join(root, 'node_modules', SCOPE, name));
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path, 'dir');
}

function platformFiles(name: string): Files {
  const exports = { '.': { '@macrolith/source': './src/index.ts', default: './dist/index.js' } };
  return {
    'package.json': JSON.stringify({ name: `${SCOPE}/${name}`, version: '1.0.0', type: 'module', exports }),
    'src/index.ts': `export const ${name} = true;\n`,
  };
}

function shellFiles(modules: readonly string[]): Files {
  const members = ['core', ...modules].map((name) => [`${SCOPE}/${name}`, 'workspace:^']);
  const dependencies = Object.fromEntries([...members, ['@nestjs/common', '*']]);
  const imports = modules.map((name) => `import { ${portName(name)}Module } from '${SCOPE}/${name}/local';\n`);
  return {
    'package.json': JSON.stringify({ name: `${SCOPE}/shell`, private: true, type: 'module', dependencies }),
    'src/app.module.ts': `import { MacrolithModule } from '${SCOPE}/core';
import { Module } from '@nestjs/common';
${imports.join('')}
@Module({ imports: [MacrolithModule.forRoot(), ${modules.map((name) => `${portName(name)}Module`).join(', ')}] })
export class AppModule {}
`,
  };
}

/** What dependency-cruiser can be told of the same boundaries: rings, direction, public index. */
const DEPENDENCY_CRUISER = `export default {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'direction',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'public-index-only',
      severity: 'error',
      from: { path: '^packages/modules/([^/]+)/' },
      to: { path: '^packages/modules/([^/]+)/src/', pathNot: ['^packages/modules/$1/', '/src/index[.]ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    moduleSystems: ['es6'],
    parser: 'tsc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['@macrolith/source', 'node', 'import', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
`;
