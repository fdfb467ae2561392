import type { CallExpression, ObjectExpression } from 'oxc-parser';
import { importStatements } from '../imports/import-statement.js';
import { constantText } from '../syntax/constant-text.js';
import { propertyOf } from '../syntax/object-literal.js';
import type { Position } from '../syntax/position.js';
import { walk } from '../syntax/walk.js';
import { contractName } from './contract-name.js';
import type { SourceFile } from './source-file.js';

export const MANIFEST_PATH = 'src/manifest.ts';

/** One entry of a manifest's `uses`. */
export interface UsedPort {
  /** The name under which the manifest imports the port, e.g. `Inventory`. */
  readonly port: string;
  /** What it is imported from, e.g. `@macrolith/inventory`. */
  readonly specifier: string;
  readonly position: Position;
}

/**
 * What a module declares about itself, read from the source of `defineModule(Port, { owner, uses, schema })` without
 * running it: verifying a workspace must not need its build.
 */
export interface ModuleManifest {
  /** The contract's name, e.g. `catalog`. */
  readonly name: string;
  /** The port class, e.g. `Catalog`. */
  readonly port: string;
  /** Undefined when no constant text names it. */
  readonly owner: string | undefined;
  readonly schema: string;
  readonly uses: readonly UsedPort[];
  /** The names of the controllers in `web`, as the manifest has them. */
  readonly web: readonly string[];
  readonly file: SourceFile;
  /** Where `defineModule` is called. */
  readonly position: Position;
}

/**
 * @param files the package's files
 * @param folderName names the module where its contract's name is not to be found in the source
 */
export function readManifest(files: readonly SourceFile[], folderName: string): ModuleManifest | undefined {
  const file = files.find(({ pathInPackage }) => pathInPackage === MANIFEST_PATH);
  const call = file && defineModuleCall(file);
  if (!call) return undefined;

  const [port, options] = call.arguments;
  if (port?.type !== 'Identifier') return undefined;
  const literal = options?.type === 'ObjectExpression' ? options : undefined;
  const name = contractName(files, port.name) ?? folderName;
  const owner = literal && textOf(literal, 'owner')?.trim();
  return {
    name,
    port: port.name,
    owner: owner === '' ? undefined : owner,
    schema: (literal && textOf(literal, 'schema')) ?? name.replaceAll('-', '_'),
    uses: literal ? usedPorts(file, literal) : [],
    web: literal ? namesIn(literal, 'web').map(({ name: controller }) => controller) : [],
    file,
    position: file.positionOf(call.start),
  };
}

function defineModuleCall(file: SourceFile): CallExpression | undefined {
  let found: CallExpression | undefined;
  walk(file.program, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'defineModule') {
      found ??= node;
    }
  });
  return found;
}

function textOf(options: ObjectExpression, key: string): string | undefined {
  const value = propertyOf(options, key);
  return value && constantText(value);
}

function usedPorts(file: SourceFile, options: ObjectExpression): UsedPort[] {
  const origins = new Map(
    importStatements(file).flatMap(({ specifier, names }) => names.map(({ local }) => [local, specifier] as const)),
  );
  return namesIn(options, 'uses').map(({ name, start }) => ({
    port: name,
    specifier: origins.get(name) ?? '',
    position: file.positionOf(start),
  }));
}

/** The names in a list of the manifest. */
function namesIn(options: ObjectExpression, key: string): { readonly name: string; readonly start: number }[] {
  const list = propertyOf(options, key);
  if (list?.type !== 'ArrayExpression') return [];
  return list.elements.flatMap((element) => (element?.type === 'Identifier' ? [element] : []));
}
