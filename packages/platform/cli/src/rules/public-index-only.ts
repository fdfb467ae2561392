import { type Import, reachedMember } from '../imports/import-graph.js';
import { composesModules } from '../workspace/layer.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { BINDING_SUBPATHS, TESTING_SUBPATH } from './only-apps-bind.js';
import { type Rule, violationOf } from './rule.js';

/** Another package is reached through what it offers, never through its files. */
export const publicIndexOnly: Rule = {
  id: 'public-index-only',
  title: 'A package is reached through its public index, never through its files.',
  why: `What stands behind the index is the owner's to change on any day. A file reached from outside is a promise that nobody made: it
breaks without a version, and a module whose files are reached cannot move out of the process.`,
  remedy:
    "Import from the package's name alone. If what you need is not there, ask its owner to offer it: does it belong to the contract?",

  check({ graph }) {
    return graph.imports.flatMap((edge) => {
      const reached = reachedMember(edge);
      const fault = reached && faultOf(edge, reached);
      if (!reached || !fault) return [];
      return [
        violationOf(publicIndexOnly, {
          member: edge.fromMember,
          file: edge.from.path,
          position: edge.position,
          subject: edge.statement.specifier,
          message: `${edge.fromMember.name} imports '${edge.statement.specifier}', ${fault}.`,
          remedy: `Import from '${reached.name}' alone. If what you need is not there, ask its owner to offer it: does it belong to the contract?`,
        }),
      ];
    });
  },
};

function faultOf({ from, fromMember, target }: Import, reached: WorkspacePackage): string | undefined {
  if (target.kind === 'path') return `a file inside ${reached.name}`;
  if (target.kind !== 'entry') return undefined;
  const composes = composesModules(fromMember.layer);
  const isBinding = BINDING_SUBPATHS.has(target.subpath) || target.subpath === TESTING_SUBPATH;
  // Whether a module may bind another one at all is for only-apps-bind to tell.
  if (reached.layer === 'module' && isBinding && !composes) return undefined;
  if (!target.offered) return `which the exports of ${reached.name} do not offer`;
  if (reached.layer !== 'module' || target.subpath === '.' || isBinding) return undefined;

  const isAside = from.role === 'test' || from.role === 'config';
  return composes || isAside ? undefined : `an asset of ${reached.name} that only apps put together`;
}
