import { UsageError } from '../usage-error.js';
import { modulesOf, type Workspace } from './workspace.js';
import type { WorkspacePackage } from './workspace-package.js';

/**
 * The module that a person means: by its contract's name, its folder's or its package's.
 * @throws UsageError when there is none, or its manifest cannot be read
 */
export function moduleNamed(name: string, workspace: Workspace): WorkspacePackage {
  const modules = modulesOf(workspace);
  const found = modules.find(
    (module) => module.manifest?.name === name || module.name === name || module.folder.endsWith(`/${name}`),
  );
  if (!found) {
    const names = modules.map(({ manifest, name: packageName }) => manifest?.name ?? packageName);
    const known = names.length === 0 ? 'This workspace has none' : `The modules are: ${names.join(', ')}`;
    throw new UsageError(`There is no module '${name}'. ${known}.`);
  }
  if (!found.manifest) {
    throw new UsageError(
      `${found.name} has no readable src/manifest.ts: write export const … = defineModule(…) there.`,
    );
  }
  return found;
}
