import type { Argument, Node } from 'oxc-parser';
import { type Import, reachedMember } from '../imports/import-graph.js';
import { ownSchema } from '../sql/module-sql.js';
import { constantText } from '../syntax/constant-text.js';
import { type DecoratorUse, decoratorsOf } from '../syntax/decorators.js';
import { propertyOf } from '../syntax/object-literal.js';
import { walk } from '../syntax/walk.js';
import type { Violation } from '../violations/violation.js';
import type { SourceFile } from '../workspace/source-file.js';
import { modulesOf, type Workspace } from '../workspace/workspace.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { type Evidence, type Finding, type Rule, violationOf } from './rule.js';

/** A module's entities lie in its schema, and relate to each other only. */
export const ownSchemaOnlyEntities: Rule = {
  id: 'own-schema-only-entities',
  title: "A module's entities lie in its own schema, and relate to entities of the same module only.",
  why: `A relation is a foreign key and a join that somebody writes later. Across modules it welds two schemas together: neither migrates alone,
and neither moves out.`,
  remedy: "Keep the other thing's id in a plain column, and ask its module for the rest.",

  check(evidence) {
    return modulesOf(evidence.workspace).flatMap((member) =>
      member.files
        .filter(({ role, isSql, text }) => role === 'source' && !isSql && CHECKED_DECORATOR.test(text))
        .flatMap((file) => entityViolations(file, member, evidence)),
    );
  },
};

const TABLE_DECORATORS = new Set(['Entity', 'ViewEntity', 'JoinTable']);
const RELATION_DECORATORS = new Set(['ManyToOne', 'OneToOne', 'OneToMany', 'ManyToMany', 'InjectRepository']);
const CHECKED_DECORATOR = new RegExp(`@(${[...TABLE_DECORATORS, ...RELATION_DECORATORS].join('|')})\\b`);

/** One fault of one decorated class or member. */
interface Fault extends Pick<Finding, 'subject' | 'message' | 'remedy'> {
  readonly offset: number;
}

function entityViolations(file: SourceFile, member: WorkspacePackage, { graph, workspace }: Evidence): Violation[] {
  const foreign = foreignNames(graph.importsOf(file));
  const faults: (Fault | undefined)[] = [];
  walk(file.program, (node, ancestors) => {
    for (const use of decoratorsOf(node)) {
      const place = placeName(node, ancestors);
      faults.push(wrongSchema(use, place, member));
      faults.push(foreignRelation(use, place, member, foreign, workspace));
      if (use.name === 'Entity') faults.push(foreignBase(node, place, member, foreign));
    }
  });
  return faults
    .filter((fault) => fault !== undefined)
    .map(({ offset, ...fault }) =>
      violationOf(ownSchemaOnlyEntities, { member, file: file.path, position: file.positionOf(offset), ...fault }),
    );
}

function wrongSchema(use: DecoratorUse, place: string, member: WorkspacePackage): Fault | undefined {
  const schema = TABLE_DECORATORS.has(use.name) ? schemaOf(use) : undefined;
  if (!schema || schema.name === ownSchema(member)) return undefined;
  return {
    offset: schema.offset,
    subject: `@${use.name} ${schema.name}`,
    message: `${member.name} puts ${place} into the schema '${schema.name}', which is not its own.`,
    remedy: `Write schema: '${ownSchema(member)}'.`,
  };
}

function foreignRelation(
  use: DecoratorUse,
  place: string,
  member: WorkspacePackage,
  foreign: ReadonlyMap<string, string>,
  workspace: Workspace,
): Fault | undefined {
  const related = RELATION_DECORATORS.has(use.name) ? relatedName(use) : undefined;
  const origin = related && (foreign.get(related.name) ?? strangerByText(related, workspace, member));
  if (!related || !origin) return undefined;
  return {
    offset: related.offset,
    subject: `@${use.name} ${related.name}`,
    message: `${member.name} relates ${place} to ${related.name} of ${origin}.`,
  };
}

function foreignBase(
  node: Node,
  place: string,
  member: WorkspacePackage,
  foreign: ReadonlyMap<string, string>,
): Fault | undefined {
  const base = node.type === 'ClassDeclaration' && node.superClass?.type === 'Identifier' ? node.superClass : undefined;
  const origin = base && foreign.get(base.name);
  if (!base || !origin) return undefined;
  return {
    offset: base.start,
    subject: `extends ${base.name}`,
    message: `${member.name} derives the entity ${place} from ${base.name} of ${origin}.`,
    remedy: "Write the entity's columns out: another module's class may change on any day.",
  };
}

/** Names that a file has from other modules, with the package that they come from. */
function foreignNames(imports: readonly Import[]): Map<string, string> {
  return new Map(
    imports.flatMap((edge) => {
      const origin = reachedMember(edge);
      if (origin?.layer !== 'module') return [];
      return edge.statement.names.flatMap(({ local }) => (local === undefined ? [] : [[local, origin.name] as const]));
    }),
  );
}

function schemaOf({ arguments: given }: DecoratorUse): { name: string; offset: number } | undefined {
  for (const argument of given) {
    const value = argument.type === 'ObjectExpression' ? propertyOf(argument, 'schema') : undefined;
    const name = value && constantText(value);
    if (value && name !== undefined) return { name, offset: value.start };
  }
  return undefined;
}

interface RelatedName {
  readonly name: string;
  readonly offset: number;
  readonly asText: boolean;
}

/** `() => Product`, `(type) => Product`, `Product` or `'Product'`. */
function relatedName({ arguments: [first] }: DecoratorUse): RelatedName | undefined {
  if (!first) return undefined;
  const target = first.type === 'ArrowFunctionExpression' ? returned(first.body) : first;
  if (target?.type === 'Identifier') return { name: target.name, offset: target.start, asText: false };
  const text = target && constantText(target);
  return target && text !== undefined ? { name: text, offset: target.start, asText: true } : undefined;
}

function returned(body: Node): Argument | undefined {
  return body.type === 'BlockStatement' ? undefined : (body as Argument);
}

/** An entity that is named by a text needs no import: it is looked for by its class name. */
function strangerByText(
  { name, asText }: RelatedName,
  workspace: Workspace,
  member: WorkspacePackage,
): string | undefined {
  if (!asText || declaresClass(member, name)) return undefined;
  return modulesOf(workspace).find((other) => other !== member && declaresClass(other, name))?.name;
}

function declaresClass({ files }: WorkspacePackage, name: string): boolean {
  return files.some(
    ({ role, isSql, text }) => role === 'source' && !isSql && new RegExp(`\\bclass ${name}\\b`).test(text),
  );
}

/** `OrderRow`, or `OrderRow.product` for a member of a class. */
function placeName(node: Node, ancestors: readonly Node[]): string {
  const owner = [...ancestors].reverse().find(({ type }) => type === 'ClassDeclaration') as { id?: { name: string } };
  const own = (node as { id?: { name?: string } | null; key?: { name?: string } }).id?.name;
  const key = (node as { key?: { name?: string } }).key?.name;
  return own ?? [owner?.id?.name, key].filter(Boolean).join('.');
}
