import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { declarationOf } from '@macrolith/core';
import type { Type } from '@nestjs/common';
import type { ModuleOrder } from './module-order.js';

/** A process that shall boot a module does not find it. */
export class ModuleNotFound extends Error {
  override readonly name = 'ModuleNotFound';
  constructor(
    readonly module: string,
    readonly where: string,
    options?: ErrorOptions,
  ) {
    super(
      `A process of its own looked for the module '${module}' in ${where}, and does not find it there. ` +
        "Say which file exports it: bootModule(…, { binding, file: new URL('../src/local.ts', import.meta.url) }).",
      options,
    );
  }
}

/**
 * The modules that are to be booted in this process.
 *
 * @throws ModuleNotFound
 */
export async function orderedModules({ modules, file }: Pick<ModuleOrder, 'modules' | 'file'>): Promise<Type[]> {
  const { where, exported } = file === undefined ? await localOfPackage(modules) : await exportsOf(file);
  const found = Object.values(exported).filter((value) => typeof value === 'function');
  return modules.map((name) => {
    const module = found.find((value) => declarationOf(value)?.manifest.name === name);
    if (module === undefined) throw new ModuleNotFound(name, where);
    return module as Type;
  });
}

interface Exports {
  readonly where: string;
  readonly exported: object;
}

async function exportsOf(file: string): Promise<Exports> {
  return { where: file, exported: await import(file) };
}

async function localOfPackage([module = '']: readonly string[]): Promise<Exports> {
  const file = await ownPackage();
  if (file === undefined) throw new ModuleNotFound(module, process.cwd());
  const { name } = JSON.parse(await readFile(file, 'utf8')) as { name: string };
  const where = `${name}/local`;
  let path: string;
  try {
    path = createRequire(file).resolve(where);
  } catch (error) {
    throw new ModuleNotFound(module, where, { cause: error });
  }
  return { where, exported: await import(pathToFileURL(path).href) };
}

/** The package.json of the package in whose folder this process runs. */
async function ownPackage(): Promise<string | undefined> {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
    if (folder === dirname(folder)) return undefined;
  }
}
