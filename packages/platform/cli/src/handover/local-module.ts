import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { declarationOf, type ModuleDeclaration } from '@macrolith/core';
import { UsageError } from '../usage-error.js';
import { moduleNamed } from '../workspace/module-named.js';
import { readWorkspace } from '../workspace/workspace.js';

/** A module whose package is loaded, to run its migrations. */
export interface LocalModule {
  readonly name: string;
  readonly packageName: string;
  readonly declaration: ModuleDeclaration;
}

/** Loads the package of a module of the workspace as a process does that hosts it. @throws UsageError */
export async function localModule(root: string, name: string): Promise<LocalModule> {
  const workspace = readWorkspace(root);
  const member = moduleNamed(name, workspace);
  const specifier = `${member.name}/local`;
  const exported = await load(path.join(workspace.root, member.folder, 'package.json'), specifier);
  const declarations = Object.values(exported).map((value) =>
    typeof value === 'function' ? declarationOf(value) : undefined,
  );
  const declaration = declarations.find((found) => found !== undefined);
  if (declaration === undefined)
    throw new UsageError(`${specifier} exports no module: its class is decorated by @LocalModule.`);
  return { name: declaration.manifest.name, packageName: member.name, declaration };
}

async function load(packageJson: string, specifier: string): Promise<object> {
  try {
    // The package knows itself by its name, and so does everything that it imports.
    return await import(pathToFileURL(createRequire(packageJson).resolve(specifier)).href);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND' && code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED')
      throw error;
    throw new UsageError(
      `${specifier} cannot be loaded (${(error as Error).message.split('\n')[0]}). Build it first: pnpm turbo run build.`,
    );
  }
}
