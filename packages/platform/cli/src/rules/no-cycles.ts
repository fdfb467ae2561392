import { cyclesOf } from '../graph/cycles.js';
import { reachedMember } from '../imports/import-graph.js';
import type { Position } from '../syntax/position.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { type Evidence, type Rule, violationOf } from './rule.js';

/** Packages form no ring. */
export const noCycles: Rule = {
  id: 'no-cycles',
  title: 'Packages and modules depend on each other in one direction only.',
  why: `Packages in a ring are one package with extra steps: none can be built, tested, released, understood or moved out without the others.
Imports, package.json and the manifests' \`uses\` all count, tests included.`,
  remedy: `Cut the named link: let the one side publish an event that the other listens to, move what both need below both, or join them if they
are one thing.`,

  check(evidence) {
    const links = linksOf(evidence);
    const weights = new Map([...links].map(([key, { imports }]) => [key, imports]));
    return cyclesOf(weights).map(({ weakest, path }) => {
      const link = links.get(weakest)!;
      return violationOf(noCycles, {
        member: link.from,
        file: link.file,
        position: link.position(),
        subject: weakest,
        message: `${path.join(' → ')} is a ring. Its weakest link is ${weakest}, with ${count(link.imports)}.`,
      });
    });
  },
};

/** All that makes one package depend on another, with the first place that says so. */
interface Link {
  readonly from: WorkspacePackage;
  readonly file: string;
  /** Told only for a link that is reported: finding a line in package.json means parsing it. */
  readonly position: () => Position;
  readonly imports: number;
}

function linksOf({ workspace, graph }: Evidence): Map<string, Link> {
  const links = new Map<string, Link>();
  const add = (to: string, link: Link) => {
    const key = `${link.from.name} → ${to}`;
    const known = links.get(key);
    links.set(key, known ? { ...known, imports: known.imports + link.imports } : link);
  };

  for (const edge of graph.imports) {
    const to = reachedMember(edge);
    if (to) add(to.name, { from: edge.fromMember, file: edge.from.path, position: () => edge.position, imports: 1 });
  }
  const names = new Set(workspace.members.map(({ name }) => name));
  for (const from of workspace.members) {
    for (const { section, name } of from.packageJson.dependencies) {
      if (!names.has(name) || name === from.name) continue;
      add(name, {
        from,
        file: from.packageJson.path,
        position: () => from.packageJson.positionOf(section, name),
        imports: 0,
      });
    }
    for (const { specifier, position } of from.manifest?.uses ?? []) {
      if (names.has(specifier))
        add(specifier, { from, file: from.manifest!.file.path, position: () => position, imports: 0 });
    }
  }
  return links;
}

function count(imports: number): string {
  if (imports === 0) return 'no import, only a declaration';
  return imports === 1 ? '1 import' : `${imports} imports`;
}
