import type { AnyPort } from '@macrolith/contract';
import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { declarationOf, type ModuleDeclaration } from './module-declaration.js';
import { PlatformError } from './platform-error.js';

/** Two installed modules claim the same name or schema. */
export class ModuleNameTaken extends PlatformError {
  readonly code = 'macrolith.module-name-taken';
  constructor(
    readonly what: 'name' | 'schema',
    readonly value: string,
  ) {
    super(`Two modules of this shell have the ${what} '${value}'. Rename one of them: each needs its own.`);
  }
}

/**
 * The modules of this process, known before any of their providers is made: Nest has scanned the import graph by then.
 * In dependency order: a module comes after those it uses, and modules that use each other come by name.
 */
@Injectable()
export class InstalledModules {
  readonly all: readonly ModuleDeclaration[];

  constructor(container: ModulesContainer) {
    const found = new Set<ModuleDeclaration>();
    for (const module of container.values()) {
      const declaration = declarationOf(module.metatype);
      if (declaration !== undefined) found.add(declaration);
    }
    const declarations = [...found];
    refuseDuplicates(
      'name',
      declarations.map(({ manifest }) => manifest.name),
    );
    refuseDuplicates(
      'schema',
      declarations.map(({ manifest }) => manifest.schema),
    );
    this.all = Object.freeze(inDependencyOrder(declarations));
  }

  find(name: string): ModuleDeclaration | undefined {
    return this.all.find(({ manifest }) => manifest.name === name);
  }
}

function refuseDuplicates(what: 'name' | 'schema', values: readonly string[]): void {
  const taken = values.find((value, index) => values.indexOf(value) !== index);
  if (taken !== undefined) throw new ModuleNameTaken(what, taken);
}

/** Depth first over `uses`, names sorted, so that every process finds the same order. */
export function inDependencyOrder(declarations: readonly ModuleDeclaration[]): ModuleDeclaration[] {
  const byName = new Map(declarations.map((declaration) => [declaration.manifest.name, declaration]));
  const ordered = new Set<ModuleDeclaration>();
  const visiting = new Set<ModuleDeclaration>();
  const visit = (declaration: ModuleDeclaration) => {
    if (ordered.has(declaration) || visiting.has(declaration)) return;
    visiting.add(declaration);
    for (const used of sortedNames(declaration.manifest.uses)) {
      const next = byName.get(used);
      if (next !== undefined) visit(next);
    }
    ordered.add(declaration);
  };
  for (const name of [...byName.keys()].sort()) visit(byName.get(name)!);
  return [...ordered];
}

function sortedNames(ports: readonly AnyPort[]): string[] {
  return ports.map((port) => port.contract.name).sort();
}
