/**
 * Where a package stands in the workspace, told by its folder. Imports point downwards only:
 * apps and tooling → modules → platform.
 */
export type Layer =
  /** `apps/*`: a composition root, one process. It may import everything and is imported by nothing that ships. */
  | 'app'
  /** `packages/modules/*`: a bounded context. It imports the platform and other modules' public index. */
  | 'module'
  /** `packages/platform/*`: what every module stands on. It knows no module. */
  | 'platform'
  /** `tooling/*`: presets, benchmarks, importers. It composes what it measures, like an app, and never ships. */
  | 'tooling'
  /** Anywhere else. Refused by the rule `layers`, since no direction can be told. */
  | 'unplaced';

const LAYER_OF_FOLDER: readonly (readonly [prefix: string, layer: Layer])[] = [
  ['apps/', 'app'],
  ['packages/modules/', 'module'],
  ['packages/platform/', 'platform'],
  ['tooling/', 'tooling'],
];

/** @param folder the package's folder, relative to the workspace's root, with forward slashes. */
export function layerOf(folder: string): Layer {
  return LAYER_OF_FOLDER.find(([prefix]) => folder.startsWith(prefix))?.[1] ?? 'unplaced';
}

/** Whether packages of this layer put modules together, and therefore choose their bindings. */
export function composesModules(layer: Layer): boolean {
  return layer === 'app' || layer === 'tooling';
}
