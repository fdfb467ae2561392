import path from 'node:path';
import type { Node } from 'oxc-parser';
import { type Sight, surfaceOf } from '../exports/surface.js';
import { type Import, type ImportGraph, reachedMember } from '../imports/import-graph.js';
import { offeredFile } from '../imports/import-target.js';
import { decoratorsOf } from '../syntax/decorators.js';
import type { Violation } from '../violations/violation.js';
import type { SourceFile } from '../workspace/source-file.js';
import { modulesOf } from '../workspace/workspace.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { type Rule, violationOf } from './rule.js';

/** A module's index is its contract, and nothing of how it is kept. */
export const publicIndexIsPublic: Rule = {
  id: 'public-index-is-public',
  title: "A module's index shows and loads the contract only: no entity, no service, no Nest, no TypeORM.",
  why: `Whoever holds an entity can join, lazy-load and save it, and depends on every column. Whoever imports an index that loads the
implementation cannot use the module remotely without it. DTOs, ports, events and errors are what may be seen.`,
  remedy: 'Declare a DTO in the contract and map to it in the service; export the implementation from /local alone.',

  check({ workspace, graph }) {
    return modulesOf(workspace).flatMap((member) => {
      const index = indexOf(member);
      if (!index) return [];
      const shown = shownImplementation(index, member, graph);
      const reported = new Set(shown.map(({ file, line }) => `${file}:${line}`));
      const loaded = loadedImplementation(index, member, graph);
      return [...shown, ...loaded.filter(({ file, line }) => !reported.has(`${file}:${line}`))];
    });
  },
};

function indexOf({ files, packageJson }: WorkspacePackage): SourceFile | undefined {
  const entry = offeredFile(packageJson.exports, '.');
  return entry === undefined
    ? undefined
    : files.find(({ pathInPackage }) => pathInPackage === path.posix.normalize(entry));
}

/** Classes with these decorators are made for the process that provides the module. */
const IMPLEMENTATION_DECORATORS = new Set([
  'ChildEntity',
  'Controller',
  'Entity',
  'Injectable',
  'LocalModule',
  'Module',
  'RemoteModule',
  'ViewEntity',
]);

function shownImplementation(index: SourceFile, member: WorkspacePackage, graph: ImportGraph): Violation[] {
  return surfaceOf(index, graph, (declaration) => implementationDecorator(declaration) !== undefined).flatMap(
    (sight) => {
      const what = implementationSeen(sight);
      if (!what) return [];
      return [
        violationOf(publicIndexIsPublic, {
          member,
          file: sight.file.path,
          position: sight.file.positionOf(sight.offset),
          subject: sight.name,
          message: `The index of ${member.name} shows ${sight.name}, ${what}.`,
        }),
      ];
    },
  );
}

function implementationSeen({ seen }: Sight): string | undefined {
  if ('declaration' in seen) {
    const decorator = implementationDecorator(seen.declaration);
    return decorator && `a class with @${decorator}, in ${seen.file.path}`;
  }
  const library = implementationPackage(seen.imported);
  return library && `which comes from ${library}`;
}

function implementationDecorator(declaration: Node): string | undefined {
  return decoratorsOf(declaration).find(({ name }) => IMPLEMENTATION_DECORATORS.has(name))?.name;
}

/** A library or platform package that a contract can do without. */
function implementationPackage(edge: Import): string | undefined {
  if (edge.target.kind === 'external') {
    const { packageName } = edge.target;
    return /^(typeorm|pg|fastify|@nestjs\/.+)$/.test(packageName) ? packageName : undefined;
  }
  const reached = reachedMember(edge);
  if (reached?.layer !== 'platform') return undefined;
  return path.posix.basename(reached.folder) === 'contract' ? undefined : reached.name;
}

/** Follows what the index loads at run time, through the package's own files. */
function loadedImplementation(index: SourceFile, member: WorkspacePackage, graph: ImportGraph): Violation[] {
  const violations: Violation[] = [];
  const visited = new Set([index]);
  const ways: { file: SourceFile; chain: readonly string[]; first: Import | undefined }[] = [
    { file: index, chain: [index.pathInPackage], first: undefined },
  ];
  for (const { file, chain, first } of ways) {
    for (const edge of graph.importsOf(file)) {
      if (edge.statement.kind === 'type-only' || edge.statement.kind === 'dynamic') continue;
      const begin = first ?? edge;
      const library = implementationPackage(edge);
      if (library) violations.push(loads(member, begin, library, chain));
      const next = edge.target.kind === 'path' && edge.target.member === member ? edge.target.file : undefined;
      if (!next || visited.has(next)) continue;
      visited.add(next);
      ways.push({ file: next, chain: [...chain, next.pathInPackage], first: begin });
    }
  }
  return violations;
}

/** Told at the index's own import, since that is the line to change. */
function loads(member: WorkspacePackage, begin: Import, library: string, chain: readonly string[]): Violation {
  return violationOf(publicIndexIsPublic, {
    member,
    file: begin.from.path,
    position: begin.position,
    subject: `loads ${library} by ${begin.statement.specifier}`,
    message: `The index of ${member.name} loads ${library}: ${[...chain, library].join(' → ')}.`,
  });
}
