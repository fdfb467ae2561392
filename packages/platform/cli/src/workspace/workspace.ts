import { existsSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../usage-error.js';
import { layerOf } from './layer.js';
import { memberFolders } from './members.js';
import { readManifest } from './module-manifest.js';
import { packageFiles } from './package-files.js';
import { PackageJson } from './package-json.js';
import { SourceFile } from './source-file.js';
import type { WorkspacePackage } from './workspace-package.js';

/** All packages under one root, as their sources tell. Nothing in it is built, installed or run. */
export interface Workspace {
  /** Absolute. */
  readonly root: string;
  readonly members: readonly WorkspacePackage[];
}

/** @throws UsageError when `root` holds no workspace. */
export function readWorkspace(root: string): Workspace {
  const absolute = path.resolve(root);
  if (!existsSync(absolute)) throw new UsageError(`The folder ${absolute} does not exist.`);
  return { root: absolute, members: memberFolders(absolute).map((folder) => readMember(absolute, folder)) };
}

/** The members that are modules. */
export function modulesOf({ members }: Workspace): WorkspacePackage[] {
  return members.filter(({ layer }) => layer === 'module');
}

function readMember(root: string, folder: string): WorkspacePackage {
  const absolute = path.join(root, folder);
  const packageJson = PackageJson.read(path.join(absolute, 'package.json'), `${folder}/package.json`);
  const layer = layerOf(folder);
  const files = packageFiles(absolute).map(
    (file) => new SourceFile(path.join(absolute, file), `${folder}/${file}`, file),
  );
  return {
    name: packageJson.name ?? folder,
    folder,
    layer,
    packageJson,
    files,
    manifest: layer === 'module' ? readManifest(files, path.posix.basename(folder)) : undefined,
  };
}
