import type { Layer } from './layer.js';
import type { ModuleManifest } from './module-manifest.js';
import type { PackageJson } from './package-json.js';
import type { SourceFile } from './source-file.js';

/** One package of the workspace. */
export interface WorkspacePackage {
  readonly name: string;
  /** Relative to the workspace's root, with forward slashes. */
  readonly folder: string;
  readonly layer: Layer;
  readonly packageJson: PackageJson;
  readonly files: readonly SourceFile[];
  /** What src/manifest.ts declares; undefined when the package is no module, or declares nothing readable. */
  readonly manifest: ModuleManifest | undefined;
}

/** Who answers for the package: the module's owner, else the layer, since a layer is kept by one team. */
export function ownerOf(member: Pick<WorkspacePackage, 'manifest' | 'layer'>): string {
  return member.manifest?.owner ?? (member.layer === 'module' ? 'nobody' : member.layer);
}
