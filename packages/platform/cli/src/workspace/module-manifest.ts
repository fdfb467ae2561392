import type { CallExpression, Expression, ObjectExpression } from 'oxc-parser';
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
  const uses = propertyOf(options, 'uses');
  if (uses?.type !== 'ArrayExpression') return [];
  const origins = new Map(
    importStatements(file).flatMap(({ specifier, names }) => names.map(({ local }) => [local, specifier] as const)),
  );
  return uses.elements.flatMap((element) => {
    const port = element && portName(element as Expression);
    if (!port) return [];
    return [{ port, specifier: origins.get(port) ?? '', position: file.positionOf(element.start) }];
  });
}

function portName(element: Expression): string | undefined {
  return element.type === 'Identifier' ? element.name : undefined;
}
