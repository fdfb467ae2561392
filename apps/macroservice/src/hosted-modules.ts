import type { AnyPort } from '@macrolith/contract';
import { declarationOf, type ModuleDeclaration, PlatformError } from '@macrolith/core';
import type { Type } from '@nestjs/common';

const INSTALL =
  "Install the module's package beside this program, and name it in MODULES as it is named in package.json.";
/** What Node says of an import that leads nowhere: of a package by its name, of a file by its path. */
const NOT_FOUND = /^Cannot find (?<kind>package|module) '(?<missing>[^']+)'(?: imported from (?<importer>.+))?/;

/** A package that is to be hosted has no module in it, or one that cannot be loaded. */
export class NoModuleToHost extends PlatformError {
  readonly code = 'macrolith.no-module-to-host';
  constructor(
    readonly packageName: string,
    problem: string,
    { remedy = INSTALL, ...options }: ErrorOptions & { readonly remedy?: string } = {},
  ) {
    super(`${packageName} cannot be hosted: ${problem} ${remedy}`, options);
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
    if (code === 'ERR_MODULE_NOT_FOUND') throw notFound(packageName, error as Error);
    if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED')
      throw new NoModuleToHost(packageName, `it has no '/local'.`, { cause: error });
    throw error;
  }
}

/** The package may be there, and something that it needs may not. */
function notFound(packageName: string, cause: Error): NoModuleToHost {
  const { kind, missing = '', importer = '' } = NOT_FOUND.exec(cause.message)?.groups ?? {};
  if (kind === 'package' && missing === packageName)
    return new NoModuleToHost(packageName, 'it is not installed.', { cause });
  return kind === 'package'
    ? new NoModuleToHost(packageName, `${importer} needs '${missing}', which is not installed.`, {
        remedy: `Install what the module's package depends on.`,
        cause,
      })
    : new NoModuleToHost(packageName, `${missing || cause.message} is not there.`, {
        remedy: 'Build the package, or install it anew.',
        cause,
      });
}

function portsElsewhere(declarations: readonly ModuleDeclaration[]): AnyPort[] {
  const here = new Set(declarations.map(({ manifest }) => manifest.name));
  const used = declarations.flatMap(({ manifest }) => manifest.uses);
  return [...new Set(used)].filter((port) => !here.has(port.contract.name));
}
