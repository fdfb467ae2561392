import { type Import, reachedMember } from '../imports/import-graph.js';
import type { Violation } from '../violations/violation.js';
import { MANIFEST_PATH } from '../workspace/module-manifest.js';
import { DEPENDENCY_SECTIONS, RUNTIME_SECTIONS } from '../workspace/package-json.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { type Evidence, type Finding, type Rule, violationOf } from './rule.js';

/** What a package needs, it says: to the installer in package.json, to its readers in `uses` of its manifest. */
export const declaredDependenciesOnly: Rule = {
  id: 'declared-dependencies-only',
  title:
    'What a package imports, its package.json declares; what a module needs of another module, its manifest declares too.',
  why: `An undeclared package is there by chance, in this checkout, today: the published package breaks at its user's. An undeclared module
is a direction that nobody decided on, and a port without a grant once its module has moved out.`,
  remedy: 'Declare it, or stop using it. Ask first whether the dependency points the right way.',

  check(evidence) {
    return [...undeclaredPackages(evidence), ...undeclaredModules(evidence)];
  },
};

function undeclaredPackages({ graph }: Evidence): Violation[] {
  const undeclared = graph.imports.filter((edge) => {
    const name = importedPackage(edge);
    return name !== undefined && !isDeclared(edge, name);
  });
  return firstPerFile(undeclared, importedPackage).map(([edge, name]) => {
    const section = ships(edge) ? 'dependencies or peerDependencies' : 'devDependencies';
    const elsewhere = edge.fromMember.packageJson.declares(name, DEPENDENCY_SECTIONS);
    return violationOf(declaredDependenciesOnly, {
      ...at(edge),
      subject: name,
      message: elsewhere
        ? `${edge.fromMember.name} imports '${name}' in a file that ships, but declares it in devDependencies only.`
        : `${edge.fromMember.name} imports '${name}', which its package.json does not declare.`,
      remedy: `Add '${name}' to ${section} in ${edge.fromMember.packageJson.path}, or stop importing it.`,
    });
  });
}

function undeclaredModules({ graph }: Evidence): Violation[] {
  const undeclared = graph.imports.filter((edge) => {
    const used = usedModule(edge);
    return used !== undefined && !isInUses(edge.fromMember, used);
  });
  return firstPerFile(undeclared, usedModule).map(([edge, used]) => {
    const port = used.manifest?.port ?? 'its port';
    return violationOf(declaredDependenciesOnly, {
      ...at(edge),
      subject: `${used.name} in uses`,
      message: `${edge.fromMember.name} imports from ${used.name}, which its manifest does not list in \`uses\`.`,
      remedy: `Add ${port} to \`uses\` in ${edge.fromMember.manifest?.file.path}, or stop importing it.`,
    });
  });
}

function importedPackage(edge: Import): string | undefined {
  if (edge.target.kind === 'external') return edge.target.packageName;
  return edge.target.kind === 'entry' ? reachedMember(edge)?.name : undefined;
}

/** The other module whose names a file of the server mentions. Tests, fakes and pages inject nothing. */
function usedModule(edge: Import): WorkspacePackage | undefined {
  if (edge.fromMember.layer !== 'module' || edge.from.role !== 'source') return undefined;
  if (edge.from.pathInPackage === MANIFEST_PATH || !edge.fromMember.manifest) return undefined;
  const reached = reachedMember(edge);
  return reached?.layer === 'module' ? reached : undefined;
}

function isInUses({ manifest }: WorkspacePackage, used: WorkspacePackage): boolean {
  return manifest?.uses.some(({ specifier }) => specifier === used.name) ?? false;
}

function ships({ from }: Import): boolean {
  return from.role === 'source' || from.role === 'testing';
}

/** Types are gone at run time, so a type-only import is content with any section, and with `@types/…`. */
function isDeclared(edge: Import, name: string): boolean {
  const { packageJson } = edge.fromMember;
  if (edge.statement.kind === 'type-only') {
    const types = `@types/${name.replace('@', '').replace('/', '__')}`;
    return packageJson.declares(name, DEPENDENCY_SECTIONS) || packageJson.declares(types, DEPENDENCY_SECTIONS);
  }
  return packageJson.declares(name, ships(edge) ? RUNTIME_SECTIONS : DEPENDENCY_SECTIONS);
}

function at(edge: Import): Pick<Finding, 'member' | 'file' | 'position'> {
  return { member: edge.fromMember, file: edge.from.path, position: edge.position };
}

/** One finding per file and thing that is missing: the second import of it says nothing new. */
function firstPerFile<T>(edges: readonly Import[], missing: (edge: Import) => T | undefined): [Import, T][] {
  const seen = new Map<unknown, Set<T>>();
  return edges.flatMap((edge): [Import, T][] => {
    const thing = missing(edge);
    const seenInFile = seen.get(edge.from) ?? new Set<T>();
    seen.set(edge.from, seenInFile);
    if (thing === undefined || seenInFile.has(thing)) return [];
    seenInFile.add(thing);
    return [[edge, thing]];
  });
}
