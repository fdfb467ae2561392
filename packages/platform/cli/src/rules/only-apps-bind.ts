import { type Import, reachedMember } from '../imports/import-graph.js';
import { composesModules } from '../workspace/layer.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { type Rule, violationOf } from './rule.js';

/** The entries that choose how a port is provided. */
export const BINDING_SUBPATHS: ReadonlySet<string> = new Set(['./local', './remote', './strangler']);
/** The entry that holds a module's fake and fixtures. */
export const TESTING_SUBPATH = './testing';

/** How a module is bound is chosen in one place: the app that runs it. */
export const onlyAppsBind: Rule = {
  id: 'only-apps-bind',
  title: "Only apps import a module's /local, /remote or /strangler, and only tests its /testing.",
  why: `Moving a module out is changing one import in the shell. That holds only while no module knows how another one is provided: who
imports /local has decided that the two run in one process for ever. Tooling composes modules as apps do, and may bind them too.`,
  remedy:
    "Import the port from the package's name and inject it; name it in `uses` of your manifest. The shell binds it.",

  check({ graph }) {
    return graph.imports.flatMap((edge) => {
      const reached = reachedMember(edge);
      const fault = reached && faultOf(edge, reached);
      if (!fault) return [];
      return [
        violationOf(onlyAppsBind, {
          member: edge.fromMember,
          file: edge.from.path,
          position: edge.position,
          subject: edge.statement.specifier,
          ...fault,
        }),
      ];
    });
  },
};

function faultOf(edge: Import, reached: WorkspacePackage): { message: string; remedy: string } | undefined {
  const { from, fromMember, target, statement } = edge;
  if (target.kind !== 'entry' || composesModules(fromMember.layer)) return undefined;
  const who = `${fromMember.name} imports '${statement.specifier}'`;

  if (BINDING_SUBPATHS.has(target.subpath) && bindsFromBelow(edge, reached)) {
    return {
      message: `${who}, which binds ${reached.name}: only apps choose a binding.`,
      remedy: `Import the port from '${reached.name}' and inject it; name it in \`uses\` of your manifest. The shell binds it.`,
    };
  }
  if (
    target.subpath === TESTING_SUBPATH &&
    reached.layer === 'module' &&
    from.role !== 'test' &&
    from.role !== 'testing'
  ) {
    return {
      message: `${who} outside a test: a fake would run in production.`,
      remedy: `Import the port from '${reached.name}' and inject it. Keep the fake for files below test/ or named *.test.ts.`,
    };
  }
  return undefined;
}

/** The platform may build on its own entries, and a module's test may boot the platform that the module runs on. */
function bindsFromBelow({ from, fromMember }: Import, reached: WorkspacePackage): boolean {
  if (reached.layer === 'module') return true;
  return fromMember.layer === 'module' && from.role !== 'test';
}
