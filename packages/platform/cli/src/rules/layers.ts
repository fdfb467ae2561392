import path from 'node:path';
import { type Import, reachedMember } from '../imports/import-graph.js';
import type { Violation } from '../violations/violation.js';
import type { Layer } from '../workspace/layer.js';
import { RUNTIME_SECTIONS } from '../workspace/package-json.js';
import type { Workspace } from '../workspace/workspace.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { PLATFORM_FLOORS } from './platform-floors.js';
import { type Evidence, type Rule, violationOf } from './rule.js';

/** Imports point downwards: apps and tooling → modules → platform, and within the platform from floor to floor. */
export const layers: Rule = {
  id: 'layers',
  title: 'Imports point downwards: apps → modules → platform, and within the platform to lower floors only.',
  why: `Direction is the point of boundaries. A platform that knows a module cannot be upgraded without it, a module that knows its shell
cannot be hosted anywhere else, and what ships cannot stand on tooling that never does.`,
  remedy: 'Turn the dependency round: let the lower layer declare what it needs, and the higher one provide it.',

  check(evidence) {
    return [
      ...unplaced(evidence.workspace),
      ...upwardImports(evidence),
      ...upwardDeclarations(evidence),
      ...keptOut(evidence),
    ];
  },
};

const BELOW: Readonly<Record<Layer, ReadonlySet<Layer>>> = {
  platform: new Set<Layer>(['platform']),
  module: new Set<Layer>(['platform', 'module']),
  app: new Set<Layer>(['platform', 'module', 'app']),
  tooling: new Set<Layer>(['platform', 'module', 'app', 'tooling', 'unplaced']),
  unplaced: new Set<Layer>(['platform', 'module', 'app', 'tooling', 'unplaced']),
};

/** Why one package may not stand on another; undefined when it may. */
function objection(from: WorkspacePackage, to: WorkspacePackage): string | undefined {
  if (!BELOW[from.layer].has(to.layer)) return `${from.layer} code may not stand on ${to.layer} code`;
  if (from.layer !== 'platform' || to.layer !== 'platform') return undefined;
  const floor = PLATFORM_FLOORS[path.posix.basename(from.folder)];
  if (!floor || floor.standsOn.includes(path.posix.basename(to.folder))) return undefined;
  const below = floor.standsOn.length === 0 ? 'no other platform package' : `${floor.standsOn.join(', ')} only`;
  return `within the platform it stands on ${below}`;
}

function unplaced({ members }: Workspace): Violation[] {
  return members
    .filter(({ layer }) => layer === 'unplaced')
    .map((member) =>
      violationOf(layers, {
        member,
        file: member.packageJson.path,
        position: { line: 1, column: 1 },
        subject: member.folder,
        message: `${member.name} lies in '${member.folder}', which is no layer of the workspace.`,
        remedy: 'Move it below apps/, packages/modules/, packages/platform/ or tooling/.',
      }),
    );
}

function upwardImports({ graph }: Evidence): Violation[] {
  return graph.imports.flatMap((edge) => {
    const to = reachedMember(edge);
    const reason = to && !isAtTheBench(edge, to) ? objection(edge.fromMember, to) : undefined;
    if (!to || reason === undefined) return [];
    return [
      violationOf(layers, {
        member: edge.fromMember,
        file: edge.from.path,
        position: edge.position,
        subject: to.name,
        message: `${edge.fromMember.name} imports ${to.name}: ${reason}.`,
      }),
    ];
  });
}

/** Tests and tools' configuration stand outside the layers: they may use tooling, and the services that tests run on. */
function isAtTheBench({ from }: Import, to: WorkspacePackage): boolean {
  if (from.role !== 'test' && from.role !== 'config') return false;
  return to.layer === 'tooling' || (to.layer === 'platform' && path.posix.basename(to.folder) === 'local-services');
}

/** A declared dependency is a direction too, even before the first import. */
function upwardDeclarations({ workspace, graph }: Evidence): Violation[] {
  const imported = new Set(graph.imports.map((edge) => `${edge.fromMember.name} ${reachedMember(edge)?.name}`));
  const members = new Map(workspace.members.map((member) => [member.name, member]));
  return workspace.members.flatMap((member) =>
    member.packageJson.dependencies.flatMap(({ section, name }) => {
      const to = members.get(name);
      const counts = RUNTIME_SECTIONS.some((runtime) => runtime === section) && !imported.has(`${member.name} ${name}`);
      const reason = to && counts ? objection(member, to) : undefined;
      if (reason === undefined) return [];
      return [
        violationOf(layers, {
          member,
          file: member.packageJson.path,
          position: member.packageJson.positionOf(section, name),
          subject: name,
          message: `${member.name} declares ${name} in ${section}: ${reason}.`,
        }),
      ];
    }),
  );
}

/** Libraries that a floor must not know, so that what stands on it can do without them. */
function keptOut({ graph }: Evidence): Violation[] {
  return graph.imports.flatMap((edge) => {
    if (edge.fromMember.layer !== 'platform' || edge.from.role !== 'source' || edge.target.kind !== 'external')
      return [];
    const { packageName } = edge.target;
    const keepsOut = PLATFORM_FLOORS[path.posix.basename(edge.fromMember.folder)]?.keepsOut ?? [];
    if (!keepsOut.some((library) => packageName === library || packageName.startsWith(`${library}/`))) return [];
    return [
      violationOf(layers, {
        member: edge.fromMember,
        file: edge.from.path,
        position: edge.position,
        subject: packageName,
        message: `${edge.fromMember.name} imports ${packageName}, which is kept out of it so that it can be used without.`,
        remedy: 'Put what needs the library into the package above that is made for it.',
      }),
    ];
  });
}
