import type { AnyPort } from '@macrolith/contract';
import { declarationOf, type ModuleDeclaration, PlatformError } from '@macrolith/core';
import type { Type } from '@nestjs/common';

/** A package that is to be hosted has no module in it. */
export class NoModuleToHost extends PlatformError {
  readonly code = 'macrolith.no-module-to-host';
  constructor(
    readonly packageName: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(
      `${packageName} cannot be hosted: ${problem} Install the module's package beside this program, and name it in MODULES as it is named in package.json.`,
      options,
    );
  }
}

/** The modules of a macroservice, and what they call elsewhere. */
export interface HostedModules {
  readonly modules: readonly Type[];
  /** Ports that they use and that none of them provides. */
  readonly remotePorts: readonly AnyPort[];
}

/** @throws NoModuleToHost */
export async function hostedModules(packageNames: readonly string[]): Promise<HostedModules> {
  const modules = await Promise.all([...new Set(packageNames)].map(moduleOf));
  const declarations = modules.map((module) => declarationOf(module)!);
  return { modules, remotePorts: portsElsewhere(declarations) };
}

async function moduleOf(packageName: string): Promise<Type> {
  const exported = await load(packageName);
  const module = Object.values(exported).find((value) => typeof value === 'function' && declarationOf(value));
  if (module === undefined) throw new NoModuleToHost(packageName, `its '/local' exports no module.`);
  return module as Type;
}

async function load(packageName: string): Promise<object> {
  try {
    return await import(`${packageName}/local`);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ERR_MODULE_NOT_FOUND')
      throw new NoModuleToHost(packageName, 'it is not installed.', { cause: error });
    if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED')
      throw new NoModuleToHost(packageName, `it has no '/local'.`, { cause: error });
    throw error;
  }
}

function portsElsewhere(declarations: readonly ModuleDeclaration[]): AnyPort[] {
  const here = new Set(declarations.map(({ manifest }) => manifest.name));
  const used = declarations.flatMap(({ manifest }) => manifest.uses);
  return [...new Set(used)].filter((port) => !here.has(port.contract.name));
}
