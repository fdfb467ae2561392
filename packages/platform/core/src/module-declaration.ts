import type { AnyPort } from '@macrolith/contract';
import type { Type } from '@nestjs/common';
import type { Manifest } from './manifest.js';
import type { ModuleFeature } from './module-feature.js';
import type { AnyWorkflow } from './workflow/workflow.js';

/** Everything that a module says about itself in `local.ts`, or in `remote.ts`. */
export interface ModuleDeclaration {
  readonly manifest: Manifest;
  /** Whether its provider is in another process. Then it has no features, workflows and private ports here. */
  readonly isRemote: boolean;
  readonly features: readonly ModuleFeature[];
  readonly workflows: readonly AnyWorkflow[];
  /** The module's private ports and their providers. */
  readonly internal: readonly (readonly [port: AnyPort, provider: Type])[];
}

const DECLARATION = Symbol.for('macrolith.module-declaration');

/** Keeps the declaration on the Nest module's class. */
export function declare(target: object, declaration: ModuleDeclaration): void {
  Object.defineProperty(target, DECLARATION, { value: declaration });
}

export function declarationOf(target: object): ModuleDeclaration | undefined {
  return (target as { [DECLARATION]?: ModuleDeclaration })[DECLARATION];
}
