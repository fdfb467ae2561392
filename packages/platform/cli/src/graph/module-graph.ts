import { ImportGraph, reachedMember } from '../imports/import-graph.js';
import { heardEvents } from '../workspace/heard-events.js';
import { modulesOf, type Workspace } from '../workspace/workspace.js';
import { ownerOf, type WorkspacePackage } from '../workspace/workspace-package.js';
import { type WorkflowMode, type WorkflowNode, workflowModes, workflowNodes } from './workflow-nodes.js';

/** What `macro graph` tells about a workspace. */
export interface ModuleGraph {
  readonly modules: readonly ModuleNode[];
  readonly platform: readonly PlatformNode[];
  readonly apps: readonly AppNode[];
}

export interface ModuleNode {
  /** The contract's name. */
  readonly name: string;
  readonly package: string;
  readonly owner: string;
  readonly schema: string;
  /** Packages of the modules that it uses. */
  readonly uses: readonly string[];
  /** The events of other modules that it declares for itself: `orders.order-placed`. */
  readonly hears: readonly string[];
  readonly workflows: readonly WorkflowNode[];
}

export interface PlatformNode {
  readonly package: string;
  /** Platform packages that it is built on. */
  readonly uses: readonly string[];
}

/** How an app provides a module. */
export type Binding = 'local' | 'remote' | 'strangler';

export interface AppNode {
  readonly package: string;
  readonly binds: readonly { readonly package: string; readonly binding: Binding }[];
  /** How the workflows of the modules in its process run. */
  readonly workflows: readonly WorkflowMode[];
}

const BINDING_OF_SUBPATH: Readonly<Record<string, Binding>> = {
  './local': 'local',
  './remote': 'remote',
  './strangler': 'strangler',
};

export function moduleGraph(workspace: Workspace): ModuleGraph {
  const imports = new ImportGraph(workspace.members);
  const modules = modulesOf(workspace).map((member) => moduleNode(member, workspace));
  const inLayer = (layer: WorkspacePackage['layer']) => workspace.members.filter((member) => member.layer === layer);
  return {
    modules,
    platform: inLayer('platform').map((member) => ({
      package: member.name,
      uses: namesOf(imports, member, (reached) => reached.layer === 'platform'),
    })),
    apps: inLayer('app').map((member) => {
      const binds = bindings(imports, member);
      return { package: member.name, binds, workflows: workflowModes(binds, modules) };
    }),
  };
}

function moduleNode(member: WorkspacePackage, { members }: Workspace): ModuleNode {
  return {
    name: member.manifest?.name ?? member.name,
    package: member.name,
    owner: ownerOf(member),
    schema: member.manifest?.schema ?? '',
    uses: (member.manifest?.uses ?? []).map(({ specifier }) => specifier),
    hears: heardEvents(member.files),
    workflows: workflowNodes(member, members),
  };
}

/** The platform packages that ship as part of what a package does: tests do not count. */
function namesOf(
  imports: ImportGraph,
  member: WorkspacePackage,
  wanted: (reached: WorkspacePackage) => boolean,
): string[] {
  const names = imports.imports.flatMap((edge) => {
    const reached = edge.fromMember === member && edge.from.role === 'source' ? reachedMember(edge) : undefined;
    return reached && wanted(reached) ? [reached.name] : [];
  });
  return [...new Set(names)].sort();
}

/** Read from the app's composition root, where each module is bound by one import. */
function bindings(imports: ImportGraph, app: WorkspacePackage): AppNode['binds'] {
  return imports.imports.flatMap((edge) => {
    const reached = edge.fromMember === app && edge.from.role === 'source' ? reachedMember(edge) : undefined;
    const binding = edge.target.kind === 'entry' ? BINDING_OF_SUBPATH[edge.target.subpath] : undefined;
    return reached?.layer === 'module' && binding ? [{ package: reached.name, binding }] : [];
  });
}
