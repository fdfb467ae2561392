import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../usage-error.js';
import { readWorkspace, type Workspace } from '../workspace/workspace.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { formatFolder } from './format.js';
import { type FileChange, withDependency, withReference } from './json-file.js';
import { type ModuleName, moduleName } from './module-name.js';
import { moduleFiles } from './template.js';

export interface NewModuleRequest {
  /** The workspace's root. */
  readonly root: string;
  readonly name: string;
  /** The team that answers for the module. */
  readonly owner: string;
  readonly now: Date;
}

/** What was made, and what is left to do by hand. */
export interface NewModule {
  readonly folder: string;
  readonly packageName: string;
  readonly files: readonly string[];
  /** The app that depends on the module now; undefined when there is none that composes modules. */
  readonly shell: string | undefined;
  /** The file of the shell to change, and the line to add to it. */
  readonly binding: { readonly file: string; readonly line: string; readonly listed: string | undefined } | undefined;
}

const MODULES_FOLDER = 'packages/modules';
const SHELL_ROOT = 'src/app.module.ts';
/** A shell may keep its list of modules in a file of its own, with one line per module. */
const SHELL_LIST = 'src/modules.ts';

/**
 * Makes a module from the template, and makes the workspace and the shell depend on it.
 * @throws UsageError when the name cannot be used or is taken; nothing is written then
 */
export function makeModule({ root, name, owner, now }: NewModuleRequest): NewModule {
  const names = moduleName(name);
  if (owner.trim() === '' || /['\n\\]/.test(owner)) {
    throw new UsageError(
      `'${owner}' cannot name an owner. Write the team that answers for the module: --owner team-shelf.`,
    );
  }
  const workspace = readWorkspace(root);
  const folder = `${MODULES_FOLDER}/${names.kebab}`;
  const packageName = `${scopeOf(workspace)}/${names.kebab}`;
  refuseTaken(workspace, folder, packageName, names);

  const files = moduleFiles({ name: names, owner, scope: scopeOf(workspace), now });
  const shell = shellOf(workspace);
  const changes = [
    ...files.map((file) => ({ file: path.join(workspace.root, folder, file.path), content: file.content })),
    ...references(path.join(workspace.root, 'tsconfig.json'), folder),
    ...(shell ? dependencyOf(shell, workspace, folder, packageName) : []),
  ];
  // Everything is known to be possible before the first file is touched.
  for (const change of changes) write(change);
  formatFolder(workspace.root, folder);
  return {
    folder,
    packageName,
    files: files.map((file) => file.path),
    shell: shell?.folder,
    binding: shell && bindingIn(shell, packageName, names),
  };
}

function refuseTaken(workspace: Workspace, folder: string, packageName: string, { snake, kebab }: ModuleName): void {
  if (existsSync(path.join(workspace.root, folder))) {
    throw new UsageError(
      `${folder} exists already: nothing was changed. Choose another name, or remove the folder first.`,
    );
  }
  const namesake = workspace.members.find((member) => member.name === packageName);
  if (namesake)
    throw new UsageError(`${packageName} is the package in ${namesake.folder} already. Choose another name.`);
  const clash = workspace.members.find(({ manifest }) => manifest?.schema === snake || manifest?.name === kebab);
  if (clash) throw new UsageError(`${clash.name} has the name or the schema '${snake}' already. Choose another name.`);
}

/** New modules join the scope that the workspace's modules have, else that of its apps. */
function scopeOf({ members }: Workspace): string {
  const scoped = members.filter(({ name, layer }) => name.startsWith('@') && (layer === 'module' || layer === 'app'));
  const member = scoped.find(({ layer }) => layer === 'module') ?? scoped[0];
  if (!member) {
    throw new UsageError(
      'No module or app of the workspace has a scoped name (@scope/name), so the new module would have none.',
    );
  }
  return member.name.split('/')[0]!;
}

function shellOf({ members }: Workspace): WorkspacePackage | undefined {
  const apps = members.filter(({ layer, files }) => layer === 'app' && files.some(isShellRoot));
  return apps.find(({ folder }) => folder === 'apps/shell') ?? apps[0];
}

function isShellRoot({ pathInPackage }: { pathInPackage: string }): boolean {
  return pathInPackage === SHELL_ROOT;
}

function references(config: string, project: string): FileChange[] {
  return existsSync(config) ? [withReference(config, project)] : [];
}

function dependencyOf(shell: WorkspacePackage, { root }: Workspace, folder: string, packageName: string): FileChange[] {
  return [
    withDependency(path.join(root, shell.packageJson.path), packageName, 'workspace:^'),
    ...references(path.join(root, shell.folder, 'tsconfig.json'), path.posix.relative(shell.folder, folder)),
  ];
}

function write({ file, content }: FileChange): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function bindingIn(shell: WorkspacePackage, packageName: string, { pascal }: ModuleName): NewModule['binding'] {
  const moduleClass = `${pascal}Module`;
  const keepsList = shell.files.some(({ pathInPackage }) => pathInPackage === SHELL_LIST);
  if (keepsList) {
    const line = `export { ${moduleClass} } from '${packageName}/local';`;
    return { file: `${shell.folder}/${SHELL_LIST}`, line, listed: undefined };
  }
  const line = `import { ${moduleClass} } from '${packageName}/local';`;
  return { file: `${shell.folder}/${SHELL_ROOT}`, line, listed: moduleClass };
}
